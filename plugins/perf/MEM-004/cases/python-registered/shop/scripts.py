class Scripts:
    known: dict = {}

    def __init__(self, redis):
        self.redis = redis

    def register_script(self, sid, text):
        self.known[sid] = self.redis.register_script(text)  # ok: a script per place that registers one; mutate: shop/api.py s/register_script(SCRIPT_ID,/register_script(request.args["sid"],/

    def remember(self, sid, text):
        self.known_texts[sid] = text  # finding: MEM-004 confidence: medium

    known_texts: dict = {}
