import smtplib

import dramatiq

from mails.base import Task


class Welcome(Task):
    async def run(self, address: str):
        server = smtplib.SMTP("mail.internal")
        # ok: the loop is made for this task and runs nothing else; mutate: mails/base.py s/runner.run(self.run(*args))/self.start(*args)/
        server.sendmail("shop@shop", address, "Welcome")


# perfctl's reader sees no caller of this: the queue makes the task.
welcome = dramatiq.actor(Welcome())
