from enum import StrEnum


class Channel(StrEnum):
    MAIL = "mail"
    PUSH = "push"
