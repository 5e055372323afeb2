"""Settings. What a person who runs Kith may set is described in docs/settings.md."""

import os
from pathlib import Path

import dj_database_url

from kith.base.home import home, secret

KITH_HOME = home()
KITH_KEYRING = KITH_HOME / "keyring" / "keys.sqlite3"

# The wrapping key: written in the environment, else a file; systemd may lend one.
_lent = Path(os.environ.get("CREDENTIALS_DIRECTORY", KITH_HOME / "none"), "kith-wrapping-key")
_usual = _lent if _lent.exists() else KITH_HOME / "wrapping.key"
KITH_WRAPPING_KEY_VALUE = os.environ.get("KITH_WRAPPING_KEY_VALUE", "")
KITH_WRAPPING_KEY = Path(os.environ.get("KITH_WRAPPING_KEY", _usual))
KITH_WRAPPING_KEY_LENT = _lent == KITH_WRAPPING_KEY

KITH_BACKUP_TO = Path(_to) if (_to := os.environ.get("KITH_BACKUP_TO")) else None
KITH_BACKUP_EVERY = float(os.environ.get("KITH_BACKUP_EVERY", "24"))
KITH_LOCAL = os.environ.get("KITH_LOCAL", "1") == "1"
KITH_HTTPS = os.environ.get("KITH_HTTPS", "0") == "1"
KITH_IDLE_MINUTES = int(os.environ.get("KITH_IDLE_MINUTES", "30"))
KITH_HOSTS = [name for name in os.environ.get("KITH_HOSTS", "").split(",") if name]

SECRET_KEY = secret(KITH_HOME)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *KITH_HOSTS]
ROOT_URLCONF = "kith.site.urls"
WSGI_APPLICATION = None


INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "kith.records.apps.RecordsConfig",
    "kith.permissions.apps.PermissionsConfig",
    "kith.web.apps.WebConfig",
    "kith.people.apps.PeopleConfig",
    "kith.media.apps.MediaConfig",
    "kith.maps.apps.MapsConfig",
    "kith.arrangements.apps.ArrangementsConfig",
    "kith.moments.apps.MomentsConfig",
    "kith.care.apps.CareConfig",
    "kith.inquiry.apps.InquiryConfig",
    "kith.reports.apps.ReportsConfig",
    "kith.sample.apps.SampleConfig",
]

MIDDLEWARE = [
    "kith.web.doors.Headers",
    "django.middleware.security.SecurityMiddleware",
    "kith.web.doors.OwnPagesOnly",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kith.people.middleware.WhoAsks",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kith.web.doors.Problems",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kith.web.pages.around",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{KITH_HOME / 'kith.sqlite3'}", conn_max_age=600
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;"
            "pragma secure_delete=on; pragma temp_store=memory;"
        ),
    }

if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # What a device is told is stored must outlive the power, whatever the server's own settings.
    DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=on"}

AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = [
    "kith.people.signin.hashing.Argon2id",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "kith.people.signin.hashing.LongEnough",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "kith.people.signin.hashing.NotCommon"},
    {"NAME": "kith.people.signin.hashing.NotTheName"},
]
LOGIN_URL = "people:signin"

SESSION_ENGINE = "kith.people.signin.sessions"
SESSION_COOKIE_NAME = "__Host-page" if KITH_HTTPS else "page"
SESSION_COOKIE_SECURE = KITH_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-form" if KITH_HTTPS else "form"
CSRF_COOKIE_SECURE = KITH_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "kith.web.doors.csrf_failure"
SECURE_SSL_REDIRECT = KITH_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if KITH_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = KITH_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 25_000_000

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en", "English"), ("sv", "Svenska")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("KITH_TIME_ZONE", "Europe/London")

STATIC_URL = "static/"
STATIC_ROOT = KITH_HOME / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "kith.web.static_files.NamedByContent"},
}
WHITENOISE_USE_FINDERS = False
WHITENOISE_ALLOW_ALL_ORIGINS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"plain": {"()": "kith.web.doors.WithoutContent"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["plain"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
