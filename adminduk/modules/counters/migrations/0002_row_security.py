"""Staff see their region's counters and tickets; the hall sees numbers by narrow functions."""

from django.db import migrations

from adminduk.foundation import row_security as rows

_WAITING = """
SELECT s.service, count(t.id) FILTER (WHERE t.state = 'waiting')::int,
    count(t.first_called_at)::int,
    (percentile_cont(0.5) WITHIN GROUP (ORDER BY t.waited) FILTER (WHERE t.first_called_at IS NOT NULL))::int,
    (percentile_cont(0.9) WITHIN GROUP (ORDER BY t.waited) FILTER (WHERE t.first_called_at IS NOT NULL))::int,
    s.open_counters
FROM (SELECT unnest(c.services)::text AS service, count(*) FILTER (WHERE c.seated_on = on_day)::int AS open_counters
      FROM public.counters_counter c WHERE c.region_id = region AND c.site_id = site AND c.is_active GROUP BY 1) s
LEFT JOIN (SELECT k.*, greatest(extract(epoch FROM k.first_called_at - k.waits_since), 0) AS waited
           FROM public.counters_ticket k
           WHERE k.region_id = region AND k.site_id = site AND k.day = on_day) t ON t.service = s.service
GROUP BY s.service, s.open_counters"""
_CALLED = """
SELECT t.letter::text, t.number, c.number, t.called_at, t.calls, t.state = 'called'
FROM public.counters_ticket t JOIN public.counters_counter c ON c.id = t.counter_id
WHERE t.region_id = region AND t.site_id = site AND t.day = on_day AND t.called_at IS NOT NULL
ORDER BY t.called_at DESC, t.id LIMIT most"""
_PLACE = """
SELECT t.region_id, t.site_id, t.day, t.letter::text, t.number, t.service::text, t.lane::text, t.state::text, t.turn_at,
    c.number, w.*
FROM public.counters_ticket t LEFT JOIN public.counters_counter c ON c.id = t.counter_id
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE o.lane = 'appointment' AND (o.turn_at, o.id) < (t.turn_at, t.id))::int,
        count(*) FILTER (WHERE o.lane = 'walk_in' AND (o.turn_at, o.id) < (t.turn_at, t.id))::int,
        count(*) FILTER (WHERE o.lane = 'appointment')::int
    FROM public.counters_ticket o
    WHERE o.region_id = t.region_id AND o.site_id = t.site_id AND o.day = t.day AND o.state = 'waiting'
        AND o.service = t.service AND o.id <> t.id) w
WHERE t.id = ticket"""


class Migration(migrations.Migration):
    dependencies = [("counters", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        rows.by_region_for_staff("counters_counter"),
        rows.by_region_for_staff("counters_series"),
        rows.by_region_for_staff("counters_ticket"),
        rows.seen_by_guard("counters_counter"),
        rows.seen_by_guard("counters_ticket"),
        rows.guard_function(
            "called_in_hall(region int, site uuid, on_day date, most int)",
            returns="TABLE (letter text, number int, counter smallint, called_at timestamptz, calls smallint,"
            " is_there boolean)",
            body=_CALLED,
        ),
        rows.guard_function(
            "waiting_in_hall(region int, site uuid, on_day date)",
            returns="TABLE (service text, waiting int, called int, median_seconds int, p90_seconds int,"
            " open_counters int)",
            body=_WAITING,
        ),
        rows.guard_function(
            "place_in_hall(ticket uuid)",
            returns="TABLE (region_id int, site_id uuid, day date, letter text, number int, service text, lane text,"
            " state text, turn_at timestamptz, counter smallint, earlier_appointments int, earlier_walk_ins int,"
            " appointments int)",
            body=_PLACE,
        ),
    ]
