"""The five levels: regions, zones, organs, halls, windows, and the notices that make working calendars."""

from django.db import models
from uuid_utils.compat import uuid7


class Journalled(models.Model):
    """What every row of this app has: its place and the number of its last entry in the journal."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()

    class Meta:
        abstract = True


class Region(Journalled):
    """行政区划: a code in a period [valid_from, valid_to). path: codes from the province down, slash after each."""

    code = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    parent_code = models.CharField(max_length=12, blank=True)
    path = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    successor = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="network_region_code")]
        indexes = [models.Index(fields=["path"]), models.Index(fields=["parent_code"])]

    def __str__(self) -> str:
        return self.name


class Organ(Journalled):
    """机关: who answers in law. path: the ids from the topmost organ down, each with a slash."""

    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=40)
    uscc = models.CharField(max_length=18)
    region_code = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=60, blank=True)
    duties = models.TextField(blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=260)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    successor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["uscc"], name="network_organ_uscc")]
        indexes = [models.Index(fields=["region_code", "name"]), models.Index(fields=["path"])]

    def __str__(self) -> str:
        return self.name


class Zone(Journalled):
    """开发区: a territory outside the tree of codes, with the region it lies in and an organ of its own."""

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=16)
    host_code = models.CharField(max_length=12)
    organ = models.ForeignKey(Organ, null=True, on_delete=models.PROTECT, related_name="+")
    territory = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code"], name="network_zone_code")]
        indexes = [models.Index(fields=["host_code"])]

    def __str__(self) -> str:
        return self.name


class Hall(Journalled):
    """政务服务大厅 (or 便民服务中心): where people can come."""

    name = models.CharField(max_length=100)
    region_code = models.CharField(max_length=12)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=200)
    directions = models.CharField(max_length=300, blank=True)
    closed = models.BooleanField(default=False)
    closed_reason = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [models.Index(fields=["region_code", "name"])]

    def __str__(self) -> str:
        return self.name


class Window(Journalled):
    """窗口. classes: which classes of matters it takes, for instance 综合受理, 税务."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="windows")
    number = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    classes = models.JSONField(default=list)
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "number"], name="network_window_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class CalendarNotice(Journalled):
    """放假通知: never changed once published. place: its order among all notices; versions: which calendars it made."""

    place = models.PositiveIntegerField()
    region_code = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=100)
    notice = models.CharField(max_length=60)
    published_on = models.DateField()
    days = models.JSONField()
    versions = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place"], name="network_notice_place"),
            models.UniqueConstraint(fields=["region_code", "notice"], name="network_notice_once"),
        ]

    def __str__(self) -> str:
        return self.title
