using System.Net;
using GptImage2.Extensions.AI.Backend;
using GptImage2.Generation.Errors;

namespace GptImage2.Extensions.AI.Tests.Backend;

public sealed class GeneratorErrorsTests
{
    private static readonly GeneratorBackendOptions Options = new() { Name = "studio", Profile = GeneratorProfiles.CreateConservative("any") };

    public static TheoryData<Exception, FailureCode, Billing> Exceptions => new()
    {
        { new HttpRequestException("no", null, HttpStatusCode.Forbidden), FailureCode.AccessDenied, Billing.No },
        { new HttpRequestException("no", null, HttpStatusCode.PaymentRequired), FailureCode.OutOfMoney, Billing.No },
        { new HttpRequestException("no", null, HttpStatusCode.NotFound), FailureCode.ModelNotFound, Billing.No },
        { new HttpRequestException("no", null, HttpStatusCode.UnprocessableEntity), FailureCode.InvalidRequest, Billing.No },
        { new HttpRequestException("no", null, HttpStatusCode.RequestTimeout), FailureCode.ServiceFailed, Billing.Unknown },
        { new HttpRequestException("no", null, HttpStatusCode.BadGateway), FailureCode.ServiceFailed, Billing.Unknown },
        { new InvalidOperationException("outer", new HttpRequestException("no", null, HttpStatusCode.BadRequest)), FailureCode.InvalidRequest, Billing.No },
        { new RequestFailedException("The response was filtered by the content policy.\nStatus: 400 (Bad Request)\nErrorCode: x"), FailureCode.ContentRejected, Billing.No },
        { new HttpRequestException("Connection refused"), FailureCode.ServiceFailed, Billing.Unknown },
        { new TaskCanceledException("timed out"), FailureCode.AnswerLost, Billing.Unknown },
        { new TimeoutException("timed out"), FailureCode.AnswerLost, Billing.Unknown },
        { new NotSupportedException("HTTP 400"), FailureCode.ServiceFailed, Billing.Unknown },
    };

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public void Only_a_refusal_is_known_to_cost_nothing(Exception exception, FailureCode code, Billing billed)
    {
        var failure = new GeneratorErrors(Options).Map(exception);

        (failure.Code, failure.Billed).ShouldBe((code, billed), failure.Message);
        failure.Message.ShouldContain(billed is Billing.No ? "Not billed." : "Whether it was billed is unknown");
    }

    [Fact]
    public void A_host_can_say_which_status_an_exception_stands_for() =>
        new GeneratorErrors(Options with { FindStatus = exception => exception is FormatException ? HttpStatusCode.Unauthorized : null })
            .Map(new FormatException("who are you?")).Code.ShouldBe(FailureCode.AccessDenied);

    /// <summary>Named and worded like that of Azure's clients.</summary>
    private sealed class RequestFailedException(string message) : Exception(message);
}
