"""What is stored of the site itself."""

from django.db import models


class Site(models.Model):
    """One row: whose platform this is (站点设置). Its journalled columns are those of the state in rules."""

    id = models.UUIDField(primary_key=True, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    region = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    address_en = models.CharField(max_length=200, blank=True)
    help = models.TextField(blank=True)
    help_en = models.TextField(blank=True)
