"""The rules of the payments team, one module each."""

from perfctl_plugin import pack

from flags import FlagInLoop
from idempotency import SecondAttempt
from windows import InTheWindow

Rules = pack(SecondAttempt, FlagInLoop, InTheWindow)
