"""Staff see their region's queue; a citizen only his own case, and his place by a function."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("workqueue", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        rows.by_region_and_owner("workqueue_item"),
        rows.seen_by_guard("workqueue_item", rights="SELECT"),
        rows.guard_function(
            "place_in_queue(application uuid, most int)",
            returns="int",
            body="SELECT (SELECT count(*) FROM (SELECT 1 FROM public.workqueue_item o WHERE o.region_id = i.region_id"
            " AND NOT o.is_escalated AND (o.queued_at, o.application_id) <= (i.queued_at, i.application_id)"
            " LIMIT most) c)::int FROM public.workqueue_item i WHERE i.application_id = application",
        ),
    ]
