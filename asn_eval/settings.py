"""Settings, read from the environment. docs/deployment.md lists every variable.

Variables may also stand in the file ``var/env``, which script/server writes on
its first run, so that ``manage.py`` and the server agree on where they work.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = environ.Env()
if (VAR_DIR / "env").is_file():
    env.read_env(VAR_DIR / "env")

# --- What kind of installation -------------------------------------------------------
DEBUG = env.bool("ASN_EVAL_DEBUG", default=False)
DEMO = env.bool("ASN_EVAL_DEMO", default=False)  # example data and demo accounts may exist
HTTPS = env.bool("ASN_EVAL_HTTPS", default=not (DEBUG or DEMO))
SECRET_KEY = env.str("ASN_EVAL_SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ASN_EVAL_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("ASN_EVAL_TRUSTED_ORIGINS", default=[])
# How many proxies stand before us; their X-Forwarded-For entries are believed, no others.
TRUSTED_PROXIES = env.int("ASN_EVAL_TRUSTED_PROXIES", default=0)

# --- Applications --------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "bootstrap",
    "django_htmx",
    "csp",
    "auditlog",
    "django_tasks",
    "django_tasks_db",
    "asn_eval",
    "asn_eval.accounts",
    "asn_eval.history",
    "programs",
    "evaluations",
    "reports",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "asn_eval.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "asn_eval.history.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "asn_eval.urls"
WSGI_APPLICATION = "asn_eval.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "asn_eval.context.installation",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Data ----------------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'asn_eval.sqlite3'}")}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never wait for the writer (WAL); a writer takes its lock at BEGIN and the
    # next one waits up to the timeout instead of failing half-way. Reading through mapped memory
    # (128 MB at most) halves a search through all rows.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;",
    }
else:
    _options = _database.setdefault("OPTIONS", {})
    _options["pool"] = {"min_size": 1, "max_size": env.int("ASN_EVAL_DB_POOL", default=4)}
    # Plans that evaluations.open_surveys wants kept are kept from the first time on; Django itself asks for none.
    _options["prepare_threshold"] = 0 if env.bool("ASN_EVAL_DB_KEEPS_PLANS", default=True) else None
    # Compiling a query pays for reports that run for minutes; here it took ten times as long as the query.
    # What DATABASE_URL says comes later and so decides.
    _options["options"] = f"-c jit=off {_options.get('options', '')}".strip()
# Sign-in attempts are counted here, so every process must see the same cache.
CACHES = {"default": env.cache_url("ASN_EVAL_CACHE_URL", default="dbcache://cache_entry")}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# Form fields, files not counted: a transcript of 2,000,000 characters, each of up to four bytes, and the rest.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8_912_896

# --- Respondents ---------------------------------------------------------------------
# For so long may a worker go by what it knew of a survey: whether it is open, until when, which questions it asks.
SURVEY_STATE_SECONDS = 2

# --- Mail ----------------------------------------------------------------------------
# smtp://user:password@host:587/?tls=True; without one no survey can send mail. A demonstration writes its mails
# into files.
_mail = env.str("ASN_EVAL_EMAIL_URL", default="") or ("filemail://" if DEMO else "dummymail://")
MAIL_IS_SET = not _mail.startswith("dummymail:")
vars().update(env.email_url_config(_mail))
if _mail == "filemail://":
    EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = env.str("ASN_EVAL_EMAIL_FROM", default="ASN Eval <asn-eval@localhost>")
# Where this site is found from outside, for links in mails, which no request asks for.
SITE_URL = env.str("ASN_EVAL_URL", default="http://127.0.0.1:8000").rstrip("/")

# --- Work beside the pages -----------------------------------------------------------
# script/server starts one worker (manage.py db_worker); several may share one PostgreSQL.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- History -------------------------------------------------------------------------
AUDITLOG_LOGENTRY_MODEL = "history.LogEntry"
MIGRATION_MODULES = {"auditlog": None}  # its own table, which ours replaces, is not made
AUDITLOG_USE_BASE_MANAGER = True  # compares the stored row with the one in hand; shows it to nobody
AUDITLOG_USE_FK_STRING_REPRESENTATION = True  # a name stays readable when its row is gone
AUDITLOG_DISABLE_REMOTE_ADDR = True  # who and when is enough; where from is personal data without a purpose

# --- People --------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["asn_eval.backends.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "asn_eval.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "asn_eval.accounts.sign_in.SignInForm",
    "change_password": "asn_eval.accounts.sign_in.OwnPasswordForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "change_password": "5/m/user",
}
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day
SESSION_COOKIE_HTTPONLY = True

# --- Words ---------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Bahasa Inggris"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "asn_eval.formats"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# --- Files ---------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = VAR_DIR / "media"

# --- Protection ----------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("ASN_EVAL_LOG_LEVEL", default="INFO")},
    # It reports each step and page of its work as information.
    "loggers": {"weasyprint.progress": {"level": "WARNING"}},
}
