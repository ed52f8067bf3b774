"""Which addresses a delivery report (RFC 3464) says do not exist. Pure."""

from email.message import Message


def bounced_addresses(report: Message) -> list[str]:
    """The recipients that failed for good (action "failed", status 5.x.x), each once; others are left alone."""
    found = []
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload():
            action = str(block.get("Action", "")).strip().lower()
            status = str(block.get("Status", "")).strip()
            kind, _separator, address = str(block.get("Final-Recipient", "")).partition(";")
            address = address.strip().strip("<>").lower()
            if action == "failed" and status.startswith("5.") and kind.strip().lower() == "rfc822" and address:
                found.append(address)
    return list(dict.fromkeys(found))
