import docker
from fastapi import FastAPI

app = FastAPI()


@app.get("/containers")
def containers():
    client = docker.from_env()  # finding: NET-PERF-002 confidence: low
    return [container.name for container in client.containers.list()]


@app.get("/named")
def named():
    client = docker.DockerClient(base_url="unix:///run/docker.sock")  # finding: NET-PERF-002 confidence: low
    return [container.name for container in client.containers.list()]


@app.get("/remote")
def remote():
    client = docker.DockerClient(base_url="tcp://builds.internal:2375")  # finding: NET-PERF-002 confidence: high
    return [container.name for container in client.containers.list()]
