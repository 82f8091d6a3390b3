"""Rounds in which scarce places are drawn."""

import adminduk.foundation.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(default=adminduk.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('region_id', models.IntegerField()),
                ('kind', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('open', 'dibuka'), ('frozen', 'daftar ditutup'), ('drawn', 'sudah diundi'), ('ended', 'selesai')], default='open', max_length=6)),
                ('commitment', models.CharField(max_length=64)),
                ('sealed_secret', models.BinaryField()),
                ('list_hash', models.CharField(blank=True, max_length=64)),
                ('secret', models.CharField(blank=True, max_length=64)),
                ('free_at_opening', models.IntegerField()),
                ('asking_at_opening', models.IntegerField()),
                ('opened_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('draws_at', models.DateTimeField()),
                ('drawn_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('region_id', 'kind'), name='draw_one_round'), models.CheckConstraint(condition=models.Q(models.Q(('list_hash', ''), ('secret', ''), ('state', 'open')), models.Q(('secret', ''), ('state', 'frozen'), models.Q(('list_hash', ''), _negated=True)), ('state__in', ['drawn', 'ended']), _connector='OR'), name='draw_told_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.UUIDField(default=adminduk.foundation.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('region_id', models.IntegerField()),
                ('owner_id', models.UUIDField()),
                ('application_id', models.UUIDField()),
                ('subject_index', models.BinaryField()),
                ('entry', models.CharField(max_length=16)),
                ('need', models.SmallIntegerField()),
                ('site_ids', models.JSONField()),
                ('part', models.CharField(max_length=9)),
                ('state', models.CharField(choices=[('entered', 'terdaftar'), ('waiting', 'menunggu'), ('given', 'mendapat tempat'), ('left', 'mundur')], default='entered', max_length=8)),
                ('is_listed', models.BooleanField(default=False)),
                ('turn', models.IntegerField(null=True)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='draws.round')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['region_id', 'round', 'turn'], name='wish_waiting_in_turn'), models.Index(fields=['region_id', 'application_id'], name='wish_of_application')],
                'constraints': [models.UniqueConstraint(fields=('round', 'subject_index'), name='wish_one_a_person'), models.UniqueConstraint(fields=('round', 'entry'), name='wish_entry_once'), models.UniqueConstraint(fields=('round', 'turn'), name='wish_turn_once')],
            },
        ),
    ]
