"""Spark Connect messages → the service's calls, without the retries and caches of a client."""
import json
import uuid
import zlib

import grpc
import pyarrow as pa
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from pyspark.sql.connect.proto import base_pb2 as base
from pyspark.sql.connect.proto import base_pb2_grpc as service
from pyspark.sql.connect.proto import commands_pb2 as commands
from pyspark.sql.connect.proto import relations_pb2 as relations

OPTIONS = [("grpc.max_receive_message_length", 256 << 20), ("grpc.max_send_message_length", -1)]
METHODS = "/spark.connect.SparkConnectService/"


def sql_plan(text):
    """Gives the plan of a statement that returns rows."""
    return base.Plan(root=relations.Relation(sql=relations.SQL(query=text)))


def sql_command(text):
    """Gives the plan that runs a statement for its effect, as both clients do."""
    made = commands.SqlCommand(sql=text, input=relations.Relation(sql=relations.SQL(query=text)))
    return base.Plan(command=commands.Command(sql_command=made))


def error_info(error):
    """Gives the ErrorInfo metadata that a failed call carries."""
    status = rpc_status.from_call(error)
    for detail in status.details if status else ():
        info = error_details_pb2.ErrorInfo()
        if detail.Unpack(info):
            return dict(info.metadata)
    return {}


def condition(error):
    """Gives the condition of a failed call, out of its metadata or its text."""
    named = error_info(error).get("errorClass")
    if named:
        return named
    text = error.details() or ""
    return text[1 : text.index("]")] if text.startswith("[") and "]" in text else None


def rows(responses):
    """Gives all rows of a stream of responses as dicts."""
    found = []
    for response in responses:
        if response.HasField("arrow_batch"):
            with pa.ipc.open_stream(response.arrow_batch.data) as reader:
                for batch in reader:
                    found.extend(batch.to_pylist())
    return found


class Wire:
    """One channel and one session."""

    def __init__(self, address):
        self.address = address
        self.channel = grpc.insecure_channel(address, OPTIONS)
        self.stub = service.SparkConnectServiceStub(self.channel)
        self.session_id = str(uuid.uuid4())
        self.user = base.UserContext(user_id="tester")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.channel.close()

    def with_new_session(self):
        return Wire(self.address)

    def common(self):
        return {"session_id": self.session_id, "user_context": self.user, "client_type": "test"}

    def request(self, plan, operation_id=None, is_reattachable=False, tags=()):
        request = base.ExecutePlanRequest(plan=plan, tags=tags, **self.common())
        if operation_id:
            request.operation_id = operation_id
        if is_reattachable:
            option = base.ReattachOptions(reattachable=True)
            request.request_options.add().reattach_options.CopyFrom(option)
        return request

    def execute(self, plan, timeout=60, **more):
        """Starts a plan and gives the stream of its responses."""
        return self.stub.ExecutePlan(self.request(plan, **more), timeout=timeout)

    def query(self, text, timeout=60):
        return rows(self.execute(sql_plan(text), timeout=timeout))

    def run(self, text, timeout=60):
        for _ in self.execute(sql_command(text), timeout=timeout):
            pass

    def reattach(self, operation_id, last_response_id=None, timeout=60):
        request = base.ReattachExecuteRequest(operation_id=operation_id, **self.common())
        if last_response_id:
            request.last_response_id = last_response_id
        return self.stub.ReattachExecute(request, timeout=timeout)

    def release(self, operation_id, until=None):
        request = base.ReleaseExecuteRequest(operation_id=operation_id, **self.common())
        if until:
            request.release_until.response_id = until
        else:
            request.release_all.SetInParent()
        return self.stub.ReleaseExecute(request, timeout=20)

    def interrupt(self, operation_id=None, tag=None):
        kinds = base.InterruptRequest
        request = base.InterruptRequest(**self.common())
        if operation_id:
            request.interrupt_type = kinds.INTERRUPT_TYPE_OPERATION_ID
            request.operation_id = operation_id
        elif tag:
            request.interrupt_type = kinds.INTERRUPT_TYPE_TAG
            request.operation_tag = tag
        else:
            request.interrupt_type = kinds.INTERRUPT_TYPE_ALL
        return list(self.stub.Interrupt(request, timeout=20).interrupted_ids)

    def config(self, operation):
        request = base.ConfigRequest(operation=operation, **self.common())
        return self.stub.Config(request, timeout=20)

    def analyze(self, **what):
        return self.stub.AnalyzePlan(base.AnalyzePlanRequest(**what, **self.common()), timeout=30)

    def add_artifact(self, name, data, crc=None):
        chunk = base.AddArtifactsRequest.ArtifactChunk(data=data, crc=zlib.crc32(data) if crc is None else crc)
        single = base.AddArtifactsRequest.SingleChunkArtifact(name=name, data=chunk)
        batch = base.AddArtifactsRequest.Batch(artifacts=[single])
        answer = self.stub.AddArtifacts(iter([base.AddArtifactsRequest(batch=batch, **self.common())]), timeout=20)
        return {a.name: a.is_crc_successful for a in answer.artifacts}

    def artifact_exists(self, name):
        request = base.ArtifactStatusesRequest(names=[name], **self.common())
        return self.stub.ArtifactStatus(request, timeout=20).statuses[name].exists

    def error_details(self, error_id):
        request = base.FetchErrorDetailsRequest(error_id=error_id, **self.common())
        return self.stub.FetchErrorDetails(request, timeout=20)

    def release_session(self):
        return self.stub.ReleaseSession(base.ReleaseSessionRequest(**self.common()), timeout=20)

    def raw(self, method, payload, timeout=30):
        """Sends bytes as the request of a streaming method and reads the whole answer."""
        call = self.channel.unary_stream(METHODS + method, request_serializer=bytes, response_deserializer=bytes)
        return list(call(payload, timeout=timeout))


def metadata_parameters(error):
    return json.loads(error_info(error).get("messageParameters", "{}"))
