"""The web site as an ASGI application.

Every page is plain, synchronous Django; a few threads answer side by side.
"""

import gc
import os
from typing import cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.site.settings")
_django = cast(WSGIApp, get_wsgi_application())
application = WSGIMiddleware(_django, workers=8)

# What is loaded by now stays for good. Left among what is searched for waste, it would make one
# page in twenty wait twice as long.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
