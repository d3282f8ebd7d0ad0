from django import forms

from club.models import Player, Team


class MoveForm(forms.ModelForm):
    class Meta:
        model = Player
        fields = ["team"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.filter(name__startswith="a")  # finding: DB-PERF-001 confidence: medium


class ChosenForm(forms.Form):
    team = forms.ModelChoiceField(queryset=Team.objects.all())  # finding: DB-PERF-001


class HiddenForm(forms.Form):
    team = forms.ModelChoiceField(queryset=Team.objects.all(), widget=forms.HiddenInput)  # ok: no choices are written out; mutate: s/, widget=forms.HiddenInput//


class OneForm(forms.Form):
    team = forms.ModelChoiceField(queryset=Team.objects.all())  # ok: one form; mutate: club/views.py s/[OneForm()]/[OneForm(prefix=number) for number in request.POST]/


class NameForm(forms.ModelForm):
    class Meta:
        model = Player
        fields = ["name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name"  # ok: nothing is asked; mutate: s/["name"].label = "Name"/["name"].queryset = Team.objects.all()/
