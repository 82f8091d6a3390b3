"""Hours are public, appointments their owner's; a place above the capacity is refused, and none changes hands."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from adminduk.foundation import row_security as rows

# In the context of whoever books: a region's capacity is public to everybody who acts in it.
_WITHIN_CAPACITY = """
SET ROLE adminduk_guard;
CREATE FUNCTION sec.refuse_place_beyond_capacity() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.appointments_capacityinterval c
        WHERE c.region_id = NEW.region_id AND c.site_id = NEW.site_id AND c.kind = NEW.kind
            AND c.weekday = extract(isodow FROM NEW.day)::int - 1
            AND c.opens <= NEW.starts AND NEW.starts < c.closes AND NEW.place <= c.places)
    THEN RAISE EXCEPTION 'place % is beyond the capacity', NEW.place USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION sec.refuse_place_beyond_capacity() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.refuse_place_beyond_capacity() TO adminduk_owner;
RESET ROLE;
CREATE TRIGGER within_capacity BEFORE INSERT ON appointments_appointment
FOR EACH ROW EXECUTE FUNCTION sec.refuse_place_beyond_capacity();
GRANT UPDATE (state, held_until, needs, reason, changed_at, reminded_at) ON appointments_appointment TO adminduk_app;
"""


class Migration(migrations.Migration):
    dependencies = [("appointments", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        rows.public_in_region("appointments_capacityinterval"),
        rows.public_in_region("appointments_breakinterval"),
        rows.public_in_region("appointments_siteclosure"),
        rows.by_region_and_owner("appointments_appointment", rights="SELECT, INSERT, DELETE"),
        RunSQL(_WITHIN_CAPACITY),
        rows.seen_by_guard("appointments_appointment"),
        rows.guard_function(
            "taken_places(region int, sites uuid[], what text, first date, last date, at timestamptz)",
            returns="TABLE (site_id uuid, day date, starts time, taken int)",
            body="SELECT a.site_id, a.day, a.starts, count(*)::int FROM public.appointments_appointment a"
            " WHERE a.region_id = region AND a.site_id = ANY (sites) AND a.kind = what"
            " AND a.day BETWEEN first AND last AND (a.state IN ('booked', 'arrived')"
            " OR a.state = 'held' AND a.held_until > at) GROUP BY 1, 2, 3",
        ),
    ]
