"""What approved applications yield, and its way."""

import adminduk.foundation.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.UUIDField(default=adminduk.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('region_id', models.IntegerField()),
                ('application_id', models.UUIDField(unique=True)),
                ('owner_id', models.UUIDField()),
                ('subject_index', models.BinaryField()),
                ('service_id', models.CharField(max_length=60)),
                ('output', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('open', 'berjalan'), ('done', 'selesai'), ('stopped', 'dihentikan')], default='open', max_length=8)),
                ('step_id', models.CharField(max_length=40)),
                ('step_kind', models.CharField(max_length=40)),
                ('entered_at', models.DateTimeField()),
                ('wakes_at', models.DateTimeField(null=True)),
                ('site_id', models.UUIDField(null=True)),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['region_id', 'step_kind', 'entered_at', 'id'], name='product_at_step'), models.Index(condition=models.Q(('wakes_at__isnull', False)), fields=['region_id', 'wakes_at'], name='product_wakes'), models.Index(fields=['region_id', 'owner_id'], name='product_of_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'open')), models.Q(('ended_at__isnull', False), ('state__in', ['done', 'stopped'])), _connector='OR'), name='product_end')],
            },
        ),
        migrations.CreateModel(
            name='StepEvent',
            fields=[
                ('id', models.UUIDField(default=adminduk.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('region_id', models.IntegerField()),
                ('owner_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('step_id', models.CharField(max_length=40)),
                ('step_kind', models.CharField(max_length=40)),
                ('act', models.CharField(max_length=10)),
                ('actor_kind', models.CharField(max_length=10)),
                ('actor_id', models.UUIDField()),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='issuance.product')),
            ],
            options={
                'indexes': [models.Index(fields=['product', 'at'], name='step_event_of_product'), models.Index(fields=['region_id', 'step_kind', 'act', 'at'], name='step_event_figures')],
            },
        ),
    ]
