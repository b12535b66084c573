package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** The one place that writes an HTTP error, as a problem document (RFC 9457) with the code that every door uses. */
final class Problem {
    private static final String TYPE = "application/problem+json";
    private static final String RETRY_AFTER_FACT = "retryAfterSeconds";

    private Problem() {}

    static JsonObject document(FaultException fault, int status) {
        var document = new JsonObject()
                .put("type", "about:blank")
                .put("title", title(fault.fault()))
                .put("status", status)
                .put("detail", fault.getMessage());
        fault.facts().forEach(document::put);
        return document.put("code", fault.fault().code());
    }

    private static String title(Fault fault) {
        return fault.code().replace('-', ' ');
    }

    static Future<Void> answer(HttpServerResponse response, FaultException fault) {
        int status = fault.fault().httpStatus();
        return answer(response, fault, status, document(fault, status));
    }

    /**
     * The same with what would help, and without a body where none may be (RFC 9110, 9.3.2).
     *
     * @param status where the way it was asked calls for another than the fault's own
     */
    static Future<Void> answer(HttpServerRequest request, FaultException fault, int status) {
        if (!request.method().equals(HttpMethod.HEAD)) {
            var document = document(fault, status);
            Advice.of(request, fault).ifPresent(advice -> document.put("advice", advice));
            return answer(request.response(), fault, status, document);
        }
        return request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end();
    }

    private static Future<Void> answer(
            HttpServerResponse response, FaultException fault, int status, JsonObject document) {
        var retry = fault.facts().get(RETRY_AFTER_FACT);
        if (retry != null) {
            response.putHeader(HttpHeaders.RETRY_AFTER, retry.toString());
        }
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(JsonLine.of(document));
    }

    /** For a request whose body nobody wants: it may be on its way, and is not waited for. */
    static void answerAndClose(HttpServerRequest request, FaultException fault) {
        answer(request.response().putHeader(HttpHeaders.CONNECTION, "close"), fault)
                .onComplete(ignored -> request.connection().close());
    }
}
