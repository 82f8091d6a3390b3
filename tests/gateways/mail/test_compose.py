"""Composing a message: nothing that a person typed becomes a header."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.gateways.mail import BadMail, compose
from adminduk.modules.notifications.ports import OutgoingMail

SENDER = "Layanan Contoh <layanan@adminduk.example>"
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
EXPECTED = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Id"),
    *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
}
_nasty = st.text(alphabet=st.sampled_from("a\r\n\0\u2028\u0085: @<>,\t\x1bé")) | st.text(max_size=60)


def _headers(mail: OutgoingMail) -> list[str]:
    sent = bytes(compose(mail, sender=SENDER, now=NOW))
    return message_from_bytes(sent, policy=policy.default).keys()


@given(_nasty, _nasty, _nasty)
def test_no_header_of_its_own(subject: str, body: str, to: str) -> None:
    for address in (to, "warga@contoh.example"):
        mail = OutgoingMail(to=address, subject=subject, body=body, message_id="7f3a")
        try:
            headers = _headers(mail)
        except BadMail:
            continue
        assert set(headers) <= EXPECTED
        assert len(headers) == len(set(headers))


@pytest.mark.parametrize("subject", ["a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\0b", "a\u2028b"])
def test_a_line_break_in_the_subject_is_refused(subject: str) -> None:
    with pytest.raises(BadMail):
        _headers(OutgoingMail("warga@contoh.example", subject, "isi", "7f3a"))


@pytest.mark.parametrize(
    "to",
    [
        *[
            "",
            "a",
            "a@",
            "@b.example",
            "a@b.example, c@d.example",
            "A <a@b.example>",
            "a@b.example\r\nBcc: c@d.example",
        ],
        *['"a b"@c.example', "a@b..example", "a@[127.0.0.1]", "a@b.example ", "ä@b.example", "a" * 65 + "@b.example"],
    ],
)
def test_only_a_plain_address(to: str) -> None:
    with pytest.raises(BadMail):
        _headers(OutgoingMail(to, "Kode", "isi", "7f3a"))


@pytest.mark.parametrize("name", ["Bcc", "To", "X-A\r\nBcc", "X A", "Subject", ""])
def test_only_harmless_headers_are_added(name: str) -> None:
    with pytest.raises(BadMail):
        _headers(OutgoingMail("warga@contoh.example", "Kode", "isi", "7f3a", {name: "x"}))


@pytest.mark.parametrize("message_id", ["", "a b", "a\r\nb", "<a@b>c", "a@b@c"])
def test_a_bad_message_id_is_refused(message_id: str) -> None:
    with pytest.raises(BadMail):
        _headers(OutgoingMail("warga@contoh.example", "Kode", "isi", message_id))


@pytest.mark.parametrize("message_id", ["01HX7", "<01HX7@lain.example>", "01HX7@lain.example", "a" * 36])
def test_the_message_id_stays_as_given(message_id: str) -> None:
    mail = OutgoingMail("warga@contoh.example", "Kode", "isi", message_id)
    first, second = (compose(mail, sender=SENDER, now=NOW)["Message-ID"] for _ in range(2))
    assert first == second
    assert first.startswith("<") and first.endswith(">") and message_id.strip("<>") in first
