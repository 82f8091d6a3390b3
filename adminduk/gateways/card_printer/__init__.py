"""The card printers of an office, behind their gateway over HTTP."""

from adminduk.gateways.card_printer.http import HttpCardPrinter, from_environment

__all__ = ["HttpCardPrinter", "from_environment"]
