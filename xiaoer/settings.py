"""All settings on one page. Each is read from the environment by a typed function that fails loudly.

XIAOER_VAR            the folder of all that is kept: database, files, keys (default: var/ in the project's folder)
XIAOER_DATABASE_URL   sqlite (default: var/xiaoer.sqlite3) or postgres://…
XIAOER_SECRET_KEY     signs sessions and tokens; made and kept in var/ when absent
XIAOER_SEAL_KEY       encrypts personal values at rest (32 bytes, base64); made and kept in var/ when absent
XIAOER_OLD_SEAL_KEYS  comma-separated earlier seal keys, until xiaoer keys reseal is done; else in var/seal.old
XIAOER_INDEX_KEY      finds encrypted values by a keyed digest and never changes (32 bytes, base64); made when absent
XIAOER_RECEIPT_KEY    signs the journal's receipts (32 bytes, base64); made and kept in var/ when absent
XIAOER_OLD_RECEIPT_KEYS  comma-separated public keys (hex) of earlier receipts; else in var/receipt.old
XIAOER_DEMO           yes: demo sign-ins and the page of one-time codes exist; refused elsewhere
XIAOER_DAYS_AHEAD     moves the clock, in demonstrations only
XIAOER_DEBUG          yes: Django's error pages; while developing only
XIAOER_HOSTS          comma-separated host names
XIAOER_HTTPS          yes behind TLS: secure cookies and HSTS
XIAOER_CODE_SENDER    dotted name of a callable (phone, code) that sends sign-in codes; the demo shows them on a page
XIAOER_PROXIES        how many reverse proxies of yours stand in front (0): whose addresses are believed
XIAOER_RATING_DAYS    working days in which a service may be rated (5)
XIAOER_DISCARDED_DAYS  days that a file is kept which was taken out of a draft, or uploaded and never used (7)
XIAOER_CLAIM_DAYS     working days after which a step that was taken and left goes back to the queue (1)
XIAOER_SUPPLEMENT_DAYS  working days that a notice of gaps proposes (15); the officer may write another day
XIAOER_SITE_NAME      the platform's name in the header
XIAOER_SMTP           smtp://user:password@host:port, smtps:// or smtp+tls://; without it mail is only kept in var/sink
XIAOER_MAIL_FROM      the sender's address of mail
XIAOER_SMS            dotted name of another class with send(letter) that sends text messages
XIAOER_SMS_URL        JSON gateway for text messages, sign-in codes too; without it they are only kept in var/sink
XIAOER_SMS_USER       our name at the gateway
XIAOER_SMS_SECRET     the key of the HMAC with which calls are signed
XIAOER_SMS_BODY       JSON of a call; in its strings {mobile} {phone} {text} {id} {user} {time} {seconds} {signature}
XIAOER_SMS_HEADERS    JSON of more headers, with the same words in them
XIAOER_SMS_SIGNED     what is signed, with the same words in it ({user}{time}{mobile}{text}); empty: no signature
XIAOER_SMS_SIGNING    hash and writing of the HMAC: sha256-hex (default), sha256-base64, sha1-hex, sm3-hex …
XIAOER_SMS_ACCEPTED   where the answer says that it was accepted (code=0)
XIAOER_SMS_REFUSED    where the answer says that it never will be, so that nobody tries again (code=1001,1002)
XIAOER_SMS_TIMEOUT    seconds to wait for the gateway (10)
XIAOER_PAYMENT        dotted name of a payment adapter (cases.rules.fees.Adapter); the demo has a stand-in, else none
XIAOER_PAYMENT_PAGES  comma-separated origins of the provider's payment pages, to which forms of ours may lead
XIAOER_STAFF_HOURS    hours after which an officer uses the second factor again (12)
XIAOER_STAFF_IDLE     minutes without a page after which an officer uses the second factor again (30)
XIAOER_FRESH_MINUTES  how recent a proof of identity must be for what could lock its owner out or give power (15)
XIAOER_LIMITS         tries a minute, name=number by commas; the names stand in docs/reference/security.md
XIAOER_LOG            json: log lines for machines; text (default): for eyes
XIAOER_REVIEW_URL     where 行政复议 is applied for on the internet: stands on adverse decisions (行政复议法 22)
XIAOER_PUBLIC_URL     where the public reaches the platform: stands in QR codes and messages
"""

import base64
import os
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.utils.translation import gettext_lazy as _

from xiaoer.environment import VAR_DIR, env_bool, env_json, env_limits, env_list, kept_list, kept_secret

DEMO = env_bool("XIAOER_DEMO")
DEBUG = env_bool("XIAOER_DEBUG")
DAYS_AHEAD = int(os.environ.get("XIAOER_DAYS_AHEAD", "0"))
if DAYS_AHEAD and not DEMO:
    raise ValueError("XIAOER_DAYS_AHEAD moves the clock and is for demonstrations only: set XIAOER_DEMO=yes")
SECRET_KEY = kept_secret("XIAOER_SECRET_KEY", "secret.key")
SEAL_KEY = base64.b64decode(kept_secret("XIAOER_SEAL_KEY", "seal.key"))
OLD_SEAL_KEYS = [base64.b64decode(key) for key in kept_list("XIAOER_OLD_SEAL_KEYS", "seal.old")]
INDEX_KEY = base64.b64decode(kept_secret("XIAOER_INDEX_KEY", "index.key"))
RECEIPT_KEY = base64.b64decode(kept_secret("XIAOER_RECEIPT_KEY", "receipt.key"))
OLD_RECEIPT_KEYS = kept_list("XIAOER_OLD_RECEIPT_KEYS", "receipt.old")
ALLOWED_HOSTS = env_list("XIAOER_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = env_bool("XIAOER_HTTPS")
RATING_DAYS = int(os.environ.get("XIAOER_RATING_DAYS", "5"))
DISCARDED_DAYS = int(os.environ.get("XIAOER_DISCARDED_DAYS", "7"))
CLAIM_DAYS = int(os.environ.get("XIAOER_CLAIM_DAYS", "1"))
SUPPLEMENT_DAYS = int(os.environ.get("XIAOER_SUPPLEMENT_DAYS", "15"))
SITE_NAME = os.environ.get("XIAOER_SITE_NAME", "瑞昌政务服务")
REVIEW_URL = os.environ.get("XIAOER_REVIEW_URL", "")
PUBLIC_URL = os.environ.get("XIAOER_PUBLIC_URL", "http://localhost:8000").rstrip("/")

APPS = [
    "xiaoer.journal",
    "xiaoer.network",
    "xiaoer.people",
    "xiaoer.files",
    "xiaoer.notices",
    "xiaoer.catalogue",
    "xiaoer.licences",
    "xiaoer.cases",
    "xiaoer.evaluation",
    "xiaoer.oversight",
    "xiaoer.portal",
]
INSTALLED_APPS = [
    "xiaoer.design",
    *APPS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

# What organs hold: each app says how much one has, and hands it over when it is closed (network.rules.Holding).
ORGAN_HOLDINGS = [
    "xiaoer.network.services.organs.ORGANS",
    "xiaoer.network.services.organs.HALLS",
    "xiaoer.network.services.organs.ZONES",
    "xiaoer.people.services.POSTS",
    "xiaoer.catalogue.services.SERVICES_HELD",
    "xiaoer.catalogue.services.BUNDLES_HELD",
    "xiaoer.cases.services.CASES_HELD",
    "xiaoer.cases.services.STEPS_HELD",
]

MIDDLEWARE = [
    "xiaoer.log.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "xiaoer.design.middleware.PolicyMiddleware",
    "xiaoer.people.middleware.CookieMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "xiaoer.people.middleware.DoorMiddleware",
]

ROOT_URLCONF = "xiaoer.urls"
WSGI_APPLICATION = "xiaoer.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "xiaoer.design.context.page",
                "xiaoer.portal.context.site",
                "xiaoer.people.context.identity",
            ],
        },
    }
]

FORM_RENDERER = "xiaoer.design.renderer.Renderer"

# SQLite: WAL and IMMEDIATE, else eight writers get "database is locked" (docs/dependencies.md);
# recursive triggers, else INSERT OR REPLACE would slip past the journal's append-only triggers.
DATABASES = {
    "default": dj_database_url.config(
        env="XIAOER_DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'xiaoer.sqlite3'}", conn_max_age=600
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
    }
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    # Values go to the server apart from the statement, so that it plans what it has seen before only once.
    DATABASES["default"] |= {
        "ENGINE": "xiaoer.database.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2},
    }

# In the database, since rate limits must hold over all processes; the table is people's CacheRow.
# "local" is each process's own, for what is named by its content.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_cache"},
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
}

ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["xiaoer.people.sessions.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "xiaoer.people.sign_in.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "xiaoer.people.sign_in.NotCommon"},
]
# Tries a minute: of one address (verify…, read_file), of one account (the others).
LIMITS = env_limits(
    "XIAOER_LIMITS",
    {
        "verify": 60,
        "verify_api": 600,
        "read_file": 10,
        "find_person": 20,
        "find_case": 30,
        "identity": 10,
        "upload": 60,
    },
)
STAFF_HOURS = int(os.environ.get("XIAOER_STAFF_HOURS", "12"))
STAFF_IDLE = int(os.environ.get("XIAOER_STAFF_IDLE", "30"))
FRESH_MINUTES = int(os.environ.get("XIAOER_FRESH_MINUTES", "15"))
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
# Sign-in by phone number or staff number; addresses of e-mail would lie in the clear in allauth's own table.
ACCOUNT_ADAPTER = "xiaoer.people.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone", "username"}
# The form asks for the phone; here it stays optional, else allauth would turn away officers who have none.
ACCOUNT_SIGNUP_FIELDS = ["phone", "password1*", "password2*"]
SILENCED_SYSTEM_CHECKS = ["account.W001"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/300s/key"}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("XIAOER_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "xiaoer.people.sign_in.FactorAdapter"
ACCOUNT_FORMS = {
    "login": "xiaoer.people.forms.sign_in.LoginForm",
    "signup": "xiaoer.people.forms.sign_in.SignupForm",
    "change_password": "xiaoer.people.forms.sign_in.ChangePasswordForm",
    "set_password": "xiaoer.people.forms.sign_in.SetPasswordForm",
    "reauthenticate": "xiaoer.people.forms.sign_in.ReauthenticateForm",
    "confirm_login_code": "xiaoer.people.forms.sign_in.ConfirmLoginCodeForm",
    "verify_phone": "xiaoer.people.forms.sign_in.VerifyPhoneForm",
    "change_phone": "xiaoer.people.forms.sign_in.ChangePhoneForm",
}
MFA_FORMS = {
    "authenticate": "xiaoer.people.forms.sign_in.FactorForm",
    "reauthenticate": "xiaoer.people.forms.sign_in.FactorAgainForm",
    "activate_totp": "xiaoer.people.forms.sign_in.ActivateFactorForm",
    "add_webauthn": "xiaoer.people.forms.sign_in.AddKeyForm",
    "edit_webauthn": "xiaoer.people.forms.sign_in.EditKeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
# How the gateway for text messages is spoken to (notices.services.sms.Terms); its templates must be JSON.
SMS: dict[str, Any] = {
    "url": os.environ.get("XIAOER_SMS_URL", ""),
    "user": os.environ.get("XIAOER_SMS_USER", ""),
    "secret": os.environ.get("XIAOER_SMS_SECRET", ""),
    "body": env_json(
        "XIAOER_SMS_BODY", '{"account": "{user}", "mobile": "{mobile}", "content": "{text}", "uid": "{id}"}'
    ),
    "headers": env_json("XIAOER_SMS_HEADERS", '{"X-Timestamp": "{seconds}", "X-Signature": "{signature}"}'),
    "signed": os.environ.get("XIAOER_SMS_SIGNED", "{user}{seconds}{mobile}{text}"),
    "signing": os.environ.get("XIAOER_SMS_SIGNING", "sha256-hex"),
    "accepted": os.environ.get("XIAOER_SMS_ACCEPTED", "code=0"),
    "refused": os.environ.get("XIAOER_SMS_REFUSED", ""),
    "timeout": float(os.environ.get("XIAOER_SMS_TIMEOUT", "10")),
}
# (phone, code) -> None. The demonstration shows codes on a page; without a channel sign-up says so plainly.
CODE_SENDER = os.environ.get(
    "XIAOER_CODE_SENDER",
    "xiaoer.notices.services.sms.send_code" if SMS["url"] else f"xiaoer.people.sign_in.{'show' if DEMO else 'refuse'}",
)

# Without an adapter bills are paid at the window.
PAYMENT = os.environ.get("XIAOER_PAYMENT", "xiaoer.cases.services.pay_stand_in.ADAPTER" if DEMO else "")

# A channel's real way out, or the stand-in that keeps letters in var/sink (the demo shows them).
MESSAGE_CHANNELS = {
    "email": "xiaoer.notices.services.channels." + ("Smtp" if "XIAOER_SMTP" in os.environ else "Sink"),
    "sms": os.environ.get(
        "XIAOER_SMS", "xiaoer.notices.services." + ("sms.Gateway" if SMS["url"] else "channels.Sink")
    ),
}
SMTP = urlsplit(os.environ.get("XIAOER_SMTP", "smtp://localhost:25"))
EMAIL_HOST, EMAIL_PORT = SMTP.hostname or "localhost", SMTP.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(SMTP.username or ""), unquote(SMTP.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = SMTP.scheme == "smtps", SMTP.scheme == "smtp+tls"
DEFAULT_FROM_EMAIL = os.environ.get("XIAOER_MAIL_FROM", "no-reply@localhost")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "xiaoer.design.static_files.StaticFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG

SESSION_ENGINE = "xiaoer.people.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# Under TLS no other host of the domain can set them (RFC 6265bis).
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# Behind a proxy of ours that ends TLS, else the redirect to https would never end.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        " ".join(["form-action 'self'", *env_list("XIAOER_PAYMENT_PAGES", "")]),
        "frame-ancestors 'none'",
    ]
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "xiaoer.files.services.limit.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOG = os.environ.get("XIAOER_LOG", "text")
if LOG not in {"text", "json"}:
    raise ValueError(f"XIAOER_LOG must be text or json, not {LOG!r}")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "xiaoer.log.formatter", "form": LOG}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO" if not DEMO else "WARNING"},
    # Django's own way of writing; what it writes goes to the root, and a 4xx stands in the line of its request.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "propagate": True},
    },
}
