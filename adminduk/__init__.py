"""Adminduk: the portal of an Indonesian civil-registration office. `docs/map.md` says where everything lives."""
