"""Only the recording has appointments: what was set up for collecting cards could never be booked, and goes."""

from django.db import migrations, models

# Tables force row-level security upon their owner too; who moves them to a new version acts in no region.
_GONE = """
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
DELETE FROM {table} WHERE kind = 'collection';
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
"""
_ONLY = models.Q(kind__in=["recording"])


def _narrowed(model: str, name: str) -> list[migrations.operations.base.Operation]:
    return [
        migrations.RunSQL(_GONE.format(table=f"appointments_{model}")),
        migrations.RemoveConstraint(model, name),
        migrations.AddConstraint(model, models.CheckConstraint(condition=_ONLY, name=name)),
    ]


class Migration(migrations.Migration):
    dependencies = [("appointments", "0002_row_security")]
    operations = [
        *_narrowed("capacityinterval", "capacity_kind"),
        *_narrowed("appointment", "appointment_kind"),
        migrations.RunSQL(_GONE.format(table="appointments_siteclosure")),
        migrations.RemoveConstraint("siteclosure", "site_closure_kind"),
        migrations.RemoveField("siteclosure", "kind"),
    ]
