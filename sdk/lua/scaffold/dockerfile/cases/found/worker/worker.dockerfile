FROM debian:12-slim
# finding: NEW-RULE-1
RUN apt install -y git
# perfctl: allow NEW-RULE-1 -- fonts come with the recommendations
RUN apt-get install -y chromium
