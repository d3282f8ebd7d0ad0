from django.shortcuts import render

from club.forms import ChosenForm, HiddenForm, MoveForm, NameForm, OneForm
from club.models import Player


def moves(request):
    forms = []
    for player in Player.objects.all():
        forms.append(MoveForm(instance=player, prefix=player.pk))
    chosen = [ChosenForm(initial={"team": player.team_id}) for player in Player.objects.all()]
    hidden = [HiddenForm(initial={"team": player.team_id}) for player in Player.objects.all()]
    names = [NameForm(instance=player) for player in Player.objects.all()]
    return render(request, "moves.html", {"forms": forms, "chosen": chosen, "hidden": hidden, "names": names, "one": [OneForm()]})
