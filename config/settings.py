"""All of Adit's settings: everything comes from the environment and is safe when nothing is set.

The README lists every variable. What is not read from the environment is a decision, not an option.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.folder("ADIT_VAR_DIR", BASE_DIR / "var")

# PRODUCTION means: behind HTTPS, with collected static files.
PRODUCTION = env.switch("PRODUCTION")
DEBUG = env.switch("DEBUG")
SECRET_KEY = env.secret_key("SECRET_KEY", VAR_DIR)
SITE_URL = env.web_address("SITE_URL", "http://localhost:8000")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "home",
    "search",
    "progress",
    "events",
    "knowledge",
    "network",
    "regions",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.locales",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.middleware.log_requests",
    "config.middleware.head_without_body",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "home.serving.keep_pages",
    "csp.middleware.CSPMiddleware",
    "config.middleware.headers",
    "config.api.open_api",
    "config.readable.only_what_can_be_read",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "network.second_factor.ask_for_second_factor",
    "home.admin_door.admin_door",
    "home.small_letters.in_small_letters",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.surroundings",
            ],
            "builtins": ["home.templatetags.icons"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database: SQLite in a file, or PostgreSQL. See the README for what each promises.
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# So many seconds somebody waits while others write; then they are asked to come back (config.busy).
WAIT_FOR_LOCK = 20
# Either one lets the content version rise with what is written: see config/database/.
DATABASES["default"]["ENGINE"] = DATABASES["default"]["ENGINE"].replace(
    "django.db.backends", "config.database", 1
)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE takes the write lock when a transaction begins, so a reader never turns writer halfway.
        "transaction_mode": "IMMEDIATE",
        "timeout": WAIT_FOR_LOCK,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # Tests use a file too: the in-memory database fails under threads.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    options = DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c lock_timeout={WAIT_FOR_LOCK}s".strip()
# A new connection for every page takes as long as the rest of the page's questions.
DATABASES["default"]["CONN_MAX_AGE"] = 60

# Rate limits and sessions' neighbours must hold across processes, so the cache is a database table.
CACHES = {
    "default": {"BACKEND": "config.busy.SharedCache", "LOCATION": "django_cache"},
    # Wagtail would write here each time that a picture is shown; its table of sizes is as near.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

# So many megabytes of pages each web process keeps in memory for anonymous readers; 0 keeps none.
KEPT_PAGES_MB = env.number("KEPT_PAGES_MB", 64)

# Search: several hosts of one cluster are separated by commas.
ELASTICSEARCH_URL = env.web_addresses("ELASTICSEARCH_URL")
ELASTICSEARCH_API_KEY = env.text("ELASTICSEARCH_API_KEY")
ELASTICSEARCH_USER = env.text("ELASTICSEARCH_USER")
ELASTICSEARCH_PASSWORD = env.text("ELASTICSEARCH_PASSWORD")
ELASTICSEARCH_CA_FILE = env.file("ELASTICSEARCH_CA_FILE")
ELASTICSEARCH_INDEX_PREFIX = env.text("ELASTICSEARCH_INDEX_PREFIX", "adit")
ELASTICSEARCH_SHARDS = env.number("ELASTICSEARCH_SHARDS", 1, at_least=1)
ELASTICSEARCH_REPLICAS = env.number("ELASTICSEARCH_REPLICAS", 0)
if ELASTICSEARCH_CA_FILE and not ELASTICSEARCH_URL.startswith("https://"):
    raise env.WrongVariable("ELASTICSEARCH_CA_FILE", "needs an ELASTICSEARCH_URL that begins with https://.")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# How many proxies of our own stand before the site tells network/client.py who asks.
PROXIES = env.number("PROXIES", 1 if PRODUCTION else 0)
# The API: how many questions one client may ask it in a minute.
API_REQUESTS_A_MINUTE = env.number("API_REQUESTS_A_MINUTE", 120, at_least=1)

# Background work: "default" is Wagtail's own small work, done at once; "background" waits for the worker.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# Letters: files under var/mail unless a mail server is given.
if mail := env.mail("EMAIL_URL"):
    vars().update(mail)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Adit <adit@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# People: one login door, allauth's.
AUTH_USER_MODEL = "network.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_work"
LOGOUT_REDIRECT_URL = "/"
# Its adapter also says who asks: allauth's own ALLAUTH_TRUSTED_PROXY_COUNT would be a second answer.
ACCOUNT_ADAPTER = "network.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "network.forms.SignupForm"
ACCOUNT_FORMS = {
    "login": "network.account_forms.SignInForm",
    "signup": "network.account_forms.NewAccountForm",
    "add_email": "network.account_forms.AddMailboxForm",
    "reset_password": "network.account_forms.ForgottenPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
# Whoever's account is changed is told, so that a change by somebody else does not go unseen.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Wrong passwords are counted for each client. Those for one account are limited too, so high that no single
# client can keep its owner out.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/300s/ip,100/300s/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Adit"
# Browsers let passkeys be used over plain HTTP on localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
# Whether officers and administrators must have a second factor: see network/second_factor.py.
SECOND_FACTOR_REQUIRED = env.switch("SECOND_FACTOR_REQUIRED", PRODUCTION)
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# Languages: English without a prefix, others will have one (/de/...).
LANGUAGE_CODE = "en"
# Dates as the languages of Europe write them: Django's English is American.
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Europe/Brussels")

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_DIR", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
# What is served lies in the first folder: sizes of pictures and nothing else. What people bring lies in the
# second, and goes out through views that ask who may read it.
MEDIA_ROOT = VAR_DIR / "media"
FILES_ROOT = VAR_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "config.file_storage.PrivateFiles"},
    "renditions": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Without collectstatic: whitenoise finds the files where they are.
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Wagtail
WAGTAIL_SITE_NAME = "Adit"
WAGTAILADMIN_BASE_URL = SITE_URL
# In another language the admin would be half Wagtail's: the words of locale/ are those of our languages.
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_IMAGE_MODEL = "knowledge.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "knowledge.SourceDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Only an approval publishes, and only what was approved.
WAGTAIL_FINISH_WORKFLOW_ACTION = "knowledge.publishing.publish_reviewed"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "knowledge.texts.TextEditor"}}
WAGTAILDOCS_DOCUMENT_FORM_BASE = "knowledge.file_forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILDOCS_INLINE_CONTENT_TYPES = []
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "odp", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "knowledge.file_forms.PictureForm"
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
# A picture of this size takes 200 MB while it is turned.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
# The admin must not call home: no avatars, no update check, no banner.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
TAGGIT_CASE_INSENSITIVE = True

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.failures.form_out_of_date"
# Wagtail previews pages in a frame of its own, so DENY (security.W019) is not possible.
X_FRAME_OPTIONS = "SAMEORIGIN"
# Whether HSTS binds other hosts of the domain (W005) and goes into browsers (W021) is the operator's to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W019", "security.W021"]
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31536000)
    # Both bind other sites of the same domain, for years: who runs them all says so.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.switch("HSTS_INCLUDE_SUBDOMAINS")
    SECURE_HSTS_PRELOAD = env.switch("HSTS_PRELOAD")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

# Logs: one JSON line each.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "elastic_transport": {"level": "ERROR"},
        # Two lines for every small task would drown everything else, and three for every imported page the
        # report of the import. What happens to pages is kept in their history.
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
if LOGGING["root"]["level"] not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
    raise env.WrongVariable("LOG_LEVEL", "must be DEBUG, INFO, WARNING, ERROR or CRITICAL.")
