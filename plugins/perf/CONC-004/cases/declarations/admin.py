import copy

from django.contrib import admin
from rest_framework import serializers


class OrderAdmin(admin.ModelAdmin):
    fieldsets = (
        ("Order", {"fields": ("number", "reason")}),
        ("Delivery", {"fields": ("address",)}),
    )
    readonly_fields = ["number"]
    list_display = ["number", "address"]
    search_fields = ["number"]

    def get_fieldsets(self, request, obj=None):
        for name, settings in self.fieldsets:
            if name == "Order" and not obj.reason:
                settings["fields"] = ("number",)  # finding: CONC-004 confidence: medium
        return self.fieldsets

    def get_readonly_fields(self, request, obj=None):
        fields = self.readonly_fields
        if obj is not None:
            fields.append("address")  # finding: CONC-004 confidence: medium
        return fields

    def get_list_display(self, request):
        shown = self.list_display + ["total"]
        shown.append("paid")  # ok: a list of its own; mutate: s/self.list_display + ["total"]/self.list_display/
        return shown

    def get_search_fields(self, request):
        fields = list(self.search_fields)
        fields.append("address")  # ok: a copy; mutate: s/list(self.search_fields)/self.search_fields/
        return fields


class CopiedAdmin(admin.ModelAdmin):
    fieldsets = [("Order", {"fields": ["number"]})]

    def get_fieldsets(self, request, obj=None):
        shown = copy.deepcopy(self.fieldsets)
        for name, settings in shown:
            settings["fields"] = ["number"]  # ok: a copy; mutate: s/copy.deepcopy(self.fieldsets)/self.fieldsets/
        return shown


class OwnAdmin(admin.ModelAdmin):
    readonly_fields = ["number"]

    def __init__(self, model, site):
        super().__init__(model, site)
        self.readonly_fields = ["number"]

    def get_readonly_fields(self, request, obj=None):
        self.readonly_fields.append("address")  # ok: the instance has one of its own; mutate: s/self.readonly_fields = ["number"]/self.own = ["number"]/
        return self.readonly_fields


class OrderSerializer(serializers.ModelSerializer):
    extra_kwargs = {"number": {"required": True}}

    def get_fields(self):
        self.extra_kwargs["number"]["required"] = False  # finding: CONC-004 confidence: medium
        return super().get_fields()
