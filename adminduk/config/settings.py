"""Django's settings, derived from `environment.read()`: one module for demo, tests and production."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from adminduk.config import environment
from adminduk.foundation import clock, crypto, keys

ENVIRONMENT = environment.read()
ROOT = environment.ROOT
IS_DEMO = ENVIRONMENT.mode == "demo"
IS_PRODUCTION = ENVIRONMENT.mode == "production"

ENVIRONMENT.data_dir.mkdir(parents=True, exist_ok=True)
if not IS_PRODUCTION and not ENVIRONMENT.key_file.exists():
    with suppress(FileExistsError):  # another process of the same demo was quicker
        keys.create(ENVIRONMENT.key_file)
KEYS = keys.load(ENVIRONMENT.key_file)
crypto.configure(KEYS)
clock.configure(None if IS_PRODUCTION else ENVIRONMENT.data_dir / "clock")

SECRET_KEY = KEYS.django
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts) or ["127.0.0.1", "localhost", "[::1]", "testserver"]


def database(url: str, *, prepares: bool = False) -> dict[str, Any]:
    """A DATABASES entry from postgresql://user:password@host:port/name?options (a socket folder goes in ?host=).

    `prepares`: statements are parsed and planned once per connection, unless the address says ?prepare=off.
    """
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    if options.pop("prepare", "on") != "off" and prepares:
        options |= {"server_side_binding": True, "prepare_threshold": 1}
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "adminduk.foundation.database",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(options.pop("port", "") or parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **options},
    }


DATABASES = {
    "default": database(ENVIRONMENT.database_url, prepares=True),
    "owner": database(ENVIRONMENT.owner_url or ENVIRONMENT.database_url),
}
DATABASES["owner"]["CONN_MAX_AGE"] = 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "adminduk.foundation",
    "adminduk.modules.accounts",
    "adminduk.modules.applications",
    "adminduk.modules.appointments",
    "adminduk.modules.audit",
    "adminduk.modules.counters",
    "adminduk.modules.blanks",
    "adminduk.modules.complaints",
    "adminduk.modules.deliveries",
    "adminduk.modules.documents",
    "adminduk.modules.handovers",
    "adminduk.modules.draws",
    "adminduk.modules.issuance",
    "adminduk.modules.notifications",
    "adminduk.modules.offices",
    "adminduk.modules.recordings",
    "adminduk.modules.printing",
    "adminduk.modules.releases",
    "adminduk.modules.surveys",
    "adminduk.modules.uploads",
    "adminduk.modules.visits",
    "adminduk.modules.workqueue",
    "adminduk.config",
]
PROCRASTINATE_ON_APP_READY = "adminduk.config.wiring.on_jobs_ready"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_READONLY_MODELS = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

ROOT_URLCONF = "adminduk.config.urls"
WSGI_APPLICATION = "adminduk.config.wsgi.application"
MIDDLEWARE = [
    "adminduk.config.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "adminduk.config.middleware.Headers",
    "adminduk.config.middleware.Compression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "adminduk.config.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "adminduk.config.middleware.Permission",
]
PAGE_FOLDERS = [ROOT / "adminduk" / "foundation" / "pages", *sorted((ROOT / "adminduk" / "channels").glob("*_web"))]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [folder / "templates" for folder in PAGE_FOLDERS],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "adminduk.foundation.pages.environment.create"},
    },
]

SESSION_ENGINE = "adminduk.config.sessions"
SESSION_COOKIE_NAME = "sesi"
SESSION_COOKIE_AGE = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.base_url.startswith("https://")
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "adminduk.foundation.pages.errors.csrf_failed"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # fields; files are limited where they are read
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
FILE_UPLOAD_MAX_MEMORY_SIZE = 12_000_000  # uploads stay in memory: no personal picture in a temporary file
FILE_UPLOAD_HANDLERS = ["adminduk.foundation.uploads.InMemoryLimited"]

LANGUAGE_CODE = "id"
USE_I18N = False  # both languages stand side by side in templates and definitions
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data_dir / "static"
STATICFILES_DIRS = [folder / "static" for folder in PAGE_FOLDERS if (folder / "static").is_dir()]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "adminduk.foundation.pages.statics.Storage"},
}
WHITENOISE_USE_FINDERS = not IS_PRODUCTION  # pages work before `collectstatic`, if not as fast
WHITENOISE_AUTOREFRESH = False

CATALOGUE = "adminduk.config.wiring.catalogue"
PROBLEM_TEXT = "adminduk.config.wiring.problem_text"
POPULATION_REGISTER = "adminduk.config.wiring.population_register"
MAIL_SENDER = "adminduk.config.wiring.mail_sender"
CARD_PRINTER = "adminduk.config.wiring.card_printer"
SMS_SENDER = "adminduk.config.wiring.sms_sender"
CHECKPOINT_LOG = "adminduk.config.wiring.checkpoint_log"
RECORDING_CENTRE = "adminduk.config.wiring.recording_centre"
RECORDING_FILE = "adminduk.config.wiring.recording_file"
RECORDING_TYPED = "adminduk.config.wiring.recording_typed"
DOCUMENT_STORAGE = "adminduk.config.wiring.document_storage"
DOCUMENT_REWRITER = "adminduk.config.wiring.document_rewriter"
DOCUMENT_READER = "adminduk.config.wiring.document_reader"
READS_DOCUMENTS = "adminduk.config.wiring.reads_documents"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "adminduk.foundation.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},  # its warnings quote paths; adminduk.request says route and status
        "django.security.DisallowedHost": {"level": "ERROR"},
    },
}
