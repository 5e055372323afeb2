"""Static files named by their content, with the imports between ES modules rewritten too."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class NamedByContent(ManifestStaticFilesStorage):
    """A changed file has a new name, so that a browser may keep what it has for ever."""

    support_js_module_import_aggregation = True
    # Names settle from the innermost module outwards, at worst one of a chain in each pass.
    max_post_process_passes = 20
