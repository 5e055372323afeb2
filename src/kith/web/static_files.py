"""Static files named by their content, with the imports between ES modules rewritten too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A changed file has a new name, so that a browser may keep what it has for ever.

    Each lies beside itself squeezed, for slow lines; they are the same for everyone.
    """

    support_js_module_import_aggregation = True
    # Names settle from the innermost module outwards, at worst one of a chain in each pass.
    max_post_process_passes = 20
