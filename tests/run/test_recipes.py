"""The recipes of docs/run, run as they stand: a workshop's laptop, and a small server."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from run.recipes import DOCS, HERE, ROOT, blocks, every_heading, needs, run_there

ASK = f"{sys.executable} {HERE / 'ask.py'}"
POSTGRES = """
programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
install -d -o postgres /var/lib/postgresql /run/postgresql
(cd /; runuser -u postgres -- $programs/initdb --no-sync --auth=peer --encoding=UTF8 --no-locale \
    /var/lib/postgresql/main >/dev/null
runuser -u postgres -- $programs/pg_ctl start --wait --silent --pgdata=/var/lib/postgresql/main \
    --log=/var/lib/postgresql/log --options="-c unix_socket_directories=/run/postgresql \
    -c listen_addresses= -c fsync=off" >/dev/null)
"""


def below(page: str, *headings: str) -> str:
    return "\n".join(block for heading in headings for block in blocks(page, heading))


def told(out: Path, name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((out / name).read_text())
    return found


def test_everything_in_the_recipes_is_run_somewhere_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    unrun = [
        heading
        for page in ("workshop.md", "server.md")
        for heading in every_heading(page)
        if f'"{heading}"' not in text
    ]
    assert unrun == []


def test_a_laptop_for_a_workshop(tmp_path: Path) -> None:
    needs()
    out = tmp_path / "out"
    serve = below("workshop.md", "Open").strip()
    run_there(
        f"""
{below("workshop.md", "The certificate", "The first card")}
{serve} > $OUT/said 2>&1 &
server=$!
while ! grep -q open $OUT/said; do sleep 0.1; done
{ASK} 192.168.1.20 8000 ~/workshop/authority.crt / > $OUT/answer
kill $server; wait $server || true
cp ~/workshop/authority.crt $OUT/
{below("workshop.md", "Afterwards")}
ls ~/workshop-copy > $OUT/copies; test ! -e ~/workshop
""",
        out,
    )
    answer = told(out, "answer")
    assert answer["status"] == 200 and "Open my notebook" not in str(answer["text"])
    said = (out / "said").read_text()
    assert "http://192.168.1.20:8001/" in said and "SHA-256 " in said
    assert len((out / "copies").read_text().split()) == 2


def test_a_small_server(tmp_path: Path) -> None:
    """The whole recipe: behind nginx, a card, a backup, a drill, and then without nginx."""
    needs("nginx", "openssl", "psql")
    out = tmp_path / "out"
    outside = blocks("server.md", "The way in from outside")
    run_there(
        f"""
{POSTGRES}
{below("server.md", "A user of its own, and a key apart", "The database")}
/srv/kith/bin/kith certificate --out /etc/kith/tls --name kith.example >/dev/null
{below("server.md", "Settings")}
{outside[0]}
{ASK} kith.example 443 /etc/kith/tls/authority.crt / > $OUT/behind
{{ {below("server.md", "The first people")} }} > $OUT/card
{below("server.md", "Backups")}
{{ {below("server.md", "Another wrapping key")} }} > $OUT/rotated
{{ {below("server.md", "A drill, twice a year")} }} > $OUT/drill
cp /run/kith.log $OUT/; cp -r /var/log/nginx $OUT/
find /etc/kith /var/lib/kith /var/backups/kith -printf '%m %u %p\\n' > $OUT/modes
ls -A /var/lib/kith > $OUT/home
nginx -s stop
{outside[1]}
systemctl restart kith
{ASK} kith.example 443 /etc/kith/tls/authority.crt / > $OUT/alone
systemctl stop kith
""",
        out,
    )
    for name in ("behind", "alone"):
        answer = told(out, name)
        assert answer["status"] == 200, name
        assert "max-age=31536000" in str(answer["headers"])
        assert "Open my notebook" not in str(answer["text"])
    assert "comes in as keeper" in (out / "card").read_text()
    rotated = (out / "rotated").read_text()
    assert "Until then both open." in rotated and "It fits" in rotated and "waits" not in rotated
    assert "All good" in (out / "drill").read_text()
    assert "wrapping.key" not in (out / "home").read_text()
    _only_its_own_user_can_read(out)
    logs = "".join(file.read_text() for file in (out / "nginx").iterdir())
    assert "kith.example" not in logs and "127.0.0.1" not in logs


def _only_its_own_user_can_read(out: Path) -> None:
    """All that holds something (static files are everyone's), and the key of root alone."""
    modes = [line.split(" ", 2) for line in (out / "modes").read_text().splitlines()]
    of = {path: (int(mode, 8), user) for mode, user, path in modes}
    assert of["/etc/kith/wrapping.key"] == (0o600, "root")
    kept = {
        path: mode
        for path, mode in of.items()
        if path.startswith("/var/") and "/static" not in path
    }
    assert kept and [path for path, (mode, _) in kept.items() if mode & 0o077] == []
    assert {user for _mode, user in kept.values()} == {"kith"}


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("not installed here: systemd-analyze")
    unit = (DOCS / "kith.service").read_text().replace("/srv/kith/bin/kith", "/bin/true")
    (tmp_path / "kith.service").write_text(unit)
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / "kith.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    wrong = [line for line in told.stderr.splitlines() if "kith.service" in line]
    assert wrong == []


def test_the_unit_leaves_little_to_reach() -> None:
    """systemd's own measure of what a service could do to a machine; 10 is everything."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("not installed here: systemd-analyze")
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=20",
         str(DOCS / "kith.service")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout[-2000:]
