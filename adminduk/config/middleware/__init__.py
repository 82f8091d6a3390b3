"""What every request passes, from outside to inside; the order stands in settings."""

from adminduk.config.middleware.compression import Compression
from adminduk.config.middleware.headers import Headers
from adminduk.config.middleware.language import Language
from adminduk.config.middleware.permission import Permission
from adminduk.config.middleware.request_log import RequestLog

__all__ = ["Compression", "Headers", "Language", "Permission", "RequestLog"]
