"""A disk that forgets what was never synced, so that a power cut can be tried.

`kill -9` leaves standing what the kernel still holds in memory; a power cut does not. `Disk`
stands between SQLite and its files within one process: whatever SQLite syncs is copied to a second
folder, the platter. After a kill, `cut` puts back what lies there; of all that was written since,
any 512 bytes may or may not have made it, and a file taken away comes back unless its folder was
synced. The platter is complete as of the last sync that returned, so nothing that SQLite was told
is safe is ever taken from it.

It is put in place through SQLite's own table of a file system, by way of ctypes: nothing has to be
compiled, and Kith itself knows nothing of it.
"""

import _sqlite3
import ctypes
import random
import shutil
from ctypes import CFUNCTYPE, POINTER, byref, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path

SECTOR = 512
IO_ERROR = 10
METHODS = 19  # words in SQLite's table of what can be done with a file, of version 3
READ, SYNC, SIZE = 2, 5, 6  # their places in it

_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_Delete = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)
_Read = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Size = CFUNCTYPE(c_int, c_void_p, POINTER(c_int64))
_Table = c_void_p * METHODS


class _FileSystem(ctypes.Structure):
    _fields_ = [
        ("version", c_int),
        ("size_of_file", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("its_own", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
    ]


class Disk:
    """SQLite's files below `home`, in this process, with a platter of their own.

    Keep it for as long as the process lives; SQLite calls into it.
    """

    def __init__(self, home: Path, platter: Path) -> None:
        self._home, self._platter = home, platter
        self._paths: dict[int, Path] = {}
        self._tables: dict[int, ctypes.Array[c_void_p]] = {}
        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = POINTER(_FileSystem)
        library.sqlite3_vfs_find.argtypes = [c_char_p]
        system = library.sqlite3_vfs_find(None).contents
        self._real_open, self._real_delete = _Open(system.open), _Delete(system.delete)
        self._ours = (_Open(self._open), _Delete(self._delete), _Sync(self._sync))
        system.open = ctypes.cast(self._ours[0], c_void_p).value
        system.delete = ctypes.cast(self._ours[1], c_void_p).value

    def _open(self, system: int, name: int | None, file: int, flags: int, out: int) -> int:
        answer: int = self._real_open(system, name, file, flags, out)
        if answer == 0 and name and (path := _path(name)).is_relative_to(self._home):
            self._paths[file] = path.relative_to(self._home)
            self._take_over(file)
        return answer

    def _take_over(self, file: int) -> None:
        """Give this open file a table in which syncing is ours."""
        methods = ctypes.cast(file, POINTER(c_void_p))
        real = methods[0]
        if real not in self._tables:
            self._tables[real] = _Table.from_buffer_copy(_Table.from_address(real))
            self._tables[real][SYNC] = ctypes.cast(self._ours[2], c_void_p).value
        methods[0] = ctypes.addressof(self._tables[real])

    def _sync(self, file: int, flags: int) -> int:
        """What is in the file now reaches the platter, whole or not at all."""
        try:
            place = self._platter / self._paths[file]
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = place.with_name(f"{place.name}.{file}.new")
            fresh.write_bytes(self._read(file))
            fresh.replace(place)
        except Exception:  # SQLite must hear of it, whatever it is
            return IO_ERROR
        return 0

    def _read(self, file: int) -> bytes:
        """Through SQLite's own open file: to open it a second time would lose its locks."""
        table = ctypes.cast(file, POINTER(POINTER(c_void_p)))[0]
        size = c_int64()
        if _Size(table[SIZE])(file, byref(size)):
            raise OSError
        text = ctypes.create_string_buffer(size.value)
        if size.value and _Read(table[READ])(file, text, size.value, 0):
            raise OSError
        return text.raw

    def _delete(self, system: int, name: int, folder_too: int) -> int:
        path = _path(name)
        answer: int = self._real_delete(system, name, folder_too)
        if folder_too and path.is_relative_to(self._home):
            (self._platter / path.relative_to(self._home)).unlink(missing_ok=True)
        return answer


def _path(name: int) -> Path:
    """SQLite keeps more behind a name, so the very pointer is passed on and only read here."""
    return Path(ctypes.string_at(name).decode())


def settle(home: Path, platter: Path) -> None:
    """Everything that is there now is on the platter: the machine was shut down properly."""
    shutil.rmtree(platter, ignore_errors=True)
    shutil.copytree(home, platter)


def cut(home: Path, platter: Path, chance: random.Random) -> None:
    """The power went, after the process was killed: only the platter is sure to be left."""
    keep = chance.choice([0.0, 0.0, 0.5, 1.0])  # how much of what was not synced made it
    for path in {*_files(home), *_files(platter)}:
        if path.name.endswith("-shm"):
            (home / path).unlink(missing_ok=True)
        elif ".sqlite3" in path.name:
            _leave(home / path, platter / path, keep, chance)


def _files(folder: Path) -> set[Path]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".new")
    return {path.relative_to(folder) for path in found}


def _leave(path: Path, sure: Path, keep: float, chance: random.Random) -> None:
    synced = sure.read_bytes() if sure.exists() else b""
    written = path.read_bytes() if path.exists() else synced
    left = bytearray(synced)
    for start in range(0, len(written), SECTOR):
        piece = written[start : start + SECTOR]
        if synced[start : start + SECTOR] != piece and chance.random() < keep:
            left.extend(bytes(max(0, start + len(piece) - len(left))))
            left[start : start + len(piece)] = piece
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(left)
