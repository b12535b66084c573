package dev.wherry.cli;

import dev.wherry.client.TransferWatch;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells a program: an event when a file starts, as it goes on, and when it is done, skipped or failed. */
final class JsonReporter implements Reporter {
    private final JsonLines lines;

    JsonReporter(JsonLines lines) {
        this.lines = lines;
    }

    @Override
    public void planned(int files, long bytes) {
        lines.event("planned", Map.of("files", files, "bytes", bytes));
    }

    @Override
    public TransferWatch started(Job job) {
        lines.event("started", facts(job));
        return new TransferWatch() {
            @Override
            public void lost(String reason) {
                tell("lost", "reason", reason);
            }

            @Override
            public void resumed(long offset) {
                tell("resumed", "offset", offset);
            }

            @Override
            public void startedOver(String reason) {
                tell("started-over", "reason", reason);
            }

            @Override
            public void accepted(String upload) {
                tell("accepted", "upload", upload);
            }

            private void tell(String event, String name, Object value) {
                var facts = facts(job);
                facts.put(name, value);
                lines.event(event, facts);
            }

            @Override
            public void progressed(long bytes, long durable) {
                // A download is not acknowledged: a line for each of its chunks would be noise.
                if (job.direction() == Job.Direction.UPLOAD) {
                    var facts = facts(job);
                    facts.put("bytes", bytes);
                    facts.put("durable", durable);
                    lines.event("progress", facts);
                }
            }
        };
    }

    @Override
    public TransferWatch watch(String what) {
        return new TransferWatch() {
            @Override
            public void lost(String reason) {
                lines.event("lost", Map.of("reason", reason));
            }
        };
    }

    @Override
    public void handOver(Job job, String upload, String command) {
        var facts = facts(job);
        facts.put("upload", upload);
        facts.put("command", command);
        lines.event("resumable", facts);
    }

    @Override
    public void finished(Job job, Done done) {
        var facts = facts(job);
        facts.put("size", done.size());
        facts.put("seconds", done.seconds());
        facts.put("bytesPerSecond", done.bytesPerSecond());
        facts.put("sha256", done.sha256().hex());
        lines.event("finished", facts);
    }

    @Override
    public void skipped(Job job, String why) {
        var facts = facts(job);
        facts.put("reason", why);
        lines.event("skipped", facts);
    }

    @Override
    public void failed(Job job, Throwable failure) {
        lines.failed(failure, job.named(), facts(job));
    }

    @Override
    public void summary(Tally tally) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("done", tally.done());
        facts.put("skipped", tally.skippedFiles());
        facts.put("failed", tally.failedFiles());
        facts.put("bytes", tally.bytes());
        facts.put("seconds", tally.seconds());
        facts.put("exit", tally.exitCode().number());
        lines.event("summary", facts);
    }

    @Override
    public void close() {}

    private static Map<String, Object> facts(Job job) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("direction", job.direction().word());
        facts.put("source", job.source());
        facts.put("target", job.target());
        job.size().ifPresent(size -> facts.put("size", size));
        return facts;
    }
}
