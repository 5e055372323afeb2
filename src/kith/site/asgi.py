"""The web site as an ASGI application.

Every page is plain, synchronous Django; a few threads answer side by side.
"""

import os
from typing import cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.site.settings")
_django = cast(WSGIApp, get_wsgi_application())
application = WSGIMiddleware(_django, workers=8)
