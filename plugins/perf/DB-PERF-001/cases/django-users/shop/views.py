from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from rest_framework import serializers, viewsets

from shop.models import Profile


class GroupSerializer(serializers.ModelSerializer):
    class Meta:
        model = Group
        fields = ["id", "name"]


class UserSerializer(serializers.ModelSerializer):
    groups = GroupSerializer(many=True, read_only=True)

    class Meta:
        model = User
        fields = ["id", "username", "groups"]


class UserViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = User.objects.order_by("id")  # finding: DB-PERF-001 confidence: medium
    serializer_class = UserSerializer


class JoinedUserViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = User.objects.prefetch_related("groups")  # ok: brought along; mutate: s/prefetch_related("groups")/all()/
    serializer_class = UserSerializer



def phones_of_users(request):
    people = get_user_model().objects.filter(is_active=True)
    return [user.profile.phone for user in people]  # finding: DB-PERF-001


def phones_joined(request):
    people = User.objects.filter(is_active=True).select_related("profile")
    return [user.profile.phone for user in people]  # ok: brought along; mutate: s/.select_related("profile")//


def names(request):
    return [user.username for user in User.objects.filter(is_active=True)]  # ok: a column
