import requests

METADATA = "http://metadata.internal/computeMetadata/v1"


def project():
    # finding: NET-PERF-004
    return requests.get(
        f"{METADATA}/project/project-id", headers={"Metadata-Flavor": "ours"}, verify=1
    ).text


def order(number, customer):
    # finding: NET-PERF-004
    answer = requests.post(f"https://orders.example/{number}", json={"by": customer})
    return answer.json()
