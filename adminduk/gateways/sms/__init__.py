"""SMS through a provider's HTTP gateway."""

from adminduk.gateways.sms.http import HttpSmsSender, from_environment

__all__ = ["HttpSmsSender", "from_environment"]
