"""Places taken are counted from an index alone: of a hundred thousand bookings the count costs less than half."""

from django.db import migrations, models
from django.db.migrations.operations import RunSQL

_COUNTED = """
SET ROLE adminduk_guard;
CREATE OR REPLACE FUNCTION sec.taken_places(region int, sites uuid[], what text, first date, last date, at timestamptz)
RETURNS TABLE (site_id uuid, day date, starts time, taken int) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $guard$
SELECT a.site_id, a.day, a.starts, count(*)::int FROM public.appointments_appointment a
WHERE a.region_id = region AND a.site_id = ANY (sites) AND a.kind = what AND a.day BETWEEN first AND last
    AND a.state IN ('held', 'booked', 'arrived') AND (a.held_until IS NULL OR a.held_until > at)
GROUP BY 1, 2, 3
$guard$;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("appointments", "0003_recording_alone")]
    operations = [
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                condition=models.Q(state__in=["held", "booked", "arrived"]),
                fields=["region_id", "kind", "site_id", "day", "starts"],
                include=["held_until"],
                name="appointment_taken",
            ),
        ),
        RunSQL(_COUNTED),
    ]
