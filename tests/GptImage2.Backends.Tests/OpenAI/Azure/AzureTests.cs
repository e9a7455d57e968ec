using Azure.Core;
using Azure.Identity;
using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI;
using GptImage2.Backends.OpenAI.Azure;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging;
using GptImage2.Testing.Azure;
using GptImage2.Testing.OpenAI.Responses;
using GptImage2.Testing.Rendering;
using GptImage2.Testing.Time;

namespace GptImage2.Backends.Tests.OpenAI.Azure;

public sealed class AzureTests : IAsyncLifetime
{
    private readonly SocketsHttpHandler _handler = ServiceHandler.Create();
    private readonly InMemoryRenderSink _sink = new();
    private StrictAzure _server = null!;

    public async ValueTask InitializeAsync() => _server = await StrictAzure.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _handler.Dispose();
        await _server.DisposeAsync();
    }

    private AzureOptions Options => new() { Endpoint = _server.Endpoint, Deployment = StrictAzure.Deployment, ApiKey = new Secret(StrictAzure.ApiKey), Model = "gpt-image-2" };

    [Theory]
    [InlineData("https://a.openai.azure.com", null, "https://a.openai.azure.com/openai/v1/images/edits?api-version=preview")]
    [InlineData("https://a.openai.azure.com/openai/v1/", null, "https://a.openai.azure.com/openai/v1/images/edits?api-version=preview")]
    [InlineData("https://a.services.ai.azure.com/api/projects/p", null, "https://a.services.ai.azure.com/openai/v1/images/edits?api-version=preview")]
    [InlineData("https://a.openai.azure.com/", "2025-04-01-preview", "https://a.openai.azure.com/openai/deployments/d%20e/images/edits?api-version=2025-04-01-preview")]
    [InlineData("https://a.openai.azure.com/openai/deployments/x/images/generations?api-version=2026-01-01", null, "https://a.openai.azure.com/openai/deployments/d%20e/images/edits?api-version=2026-01-01")]
    [InlineData("https://gateway.example/ai", "latest", "https://gateway.example/ai/openai/v1/images/edits?api-version=latest")]
    public void Whichever_address_is_copied_the_deployment_is_found(string endpoint, string? version, string url) =>
        AzureAddress.Parse(new AzureOptions { Endpoint = new Uri(endpoint), Deployment = "d e", ApiVersion = version }).GetUrl("images/edits").ShouldBe(url);

    [Fact]
    public void The_address_of_a_deployment_names_it()
    {
        var options = new AzureOptions { Endpoint = new Uri("https://a.openai.azure.com/openai/deployments/my%20one/images/generations?api-version=2025-04-01-preview") };

        (options.HasDeployment, AzureAddress.Parse(options).Deployment).ShouldBe((true, "my one"));
        (options with { Endpoint = new Uri("https://a.openai.azure.com") }).HasDeployment.ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2025-04-01-preview")]
    public async Task A_deployment_draws_at_both_kinds_of_address(string? version)
    {
        var outcome = await RenderAsync(Options with { ApiVersion = version });

        (_sink.Images.Count, _server.Service.Orders.Count).ShouldBe((1, 1));
        outcome.Usage.ShouldNotBeNull();
        var request = _server.Service.Requests.ShouldHaveSingleItem();
        request.Headers["api-key"].ShouldBe(StrictAzure.ApiKey);
        request.Headers.ShouldNotContainKey("Authorization");
        request.Json.GetProperty("model").GetString().ShouldBe(StrictAzure.Deployment);
    }

    [Theory]
    [InlineData(null, "https://ai.azure.com/.default")]
    [InlineData("2025-04-01-preview", "https://cognitiveservices.azure.com/.default")]
    public async Task Without_a_key_a_token_is_asked_for_with_the_first_request_and_kept(string? version, string scope)
    {
        var (credential, created) = (new ScriptedCredential(), 0);
        using var backend = Create(Options with { ApiKey = null, ApiVersion = version }, () =>
        {
            created++;
            return credential;
        });
        created.ShouldBe(0);

        await RenderAsync(backend);
        await RenderAsync(backend);

        (created, credential.Scopes.ShouldHaveSingleItem()).ShouldBe((1, scope));
        _server.Service.Requests.ShouldAllBe(request => request.Headers["Authorization"] == $"Bearer {StrictAzure.Token}" && !request.Headers.ContainsKey("api-key"));
    }

    [Fact]
    public async Task Without_a_key_and_a_token_nothing_is_sent_and_the_user_is_told_what_to_do()
    {
        using var backend = Create(Options with { ApiKey = null }, () => new ScriptedCredential { IsSignedIn = false });

        var failure = (await Should.ThrowAsync<ImageException>(() => RenderAsync(backend))).Failure;

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AccessDenied, Billing.No));
        failure.Message.ShouldContain("az login");
        failure.Message.ShouldContain("Nothing was sent.");
        _server.Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_project_tells_which_model_a_deployment_has_on_any_page_of_its_list()
    {
        using var backend = Create(Options with { Endpoint = _server.ProjectEndpoint, Model = null });

        var text = await backend.CheckAsync(TestContext.Current.CancellationToken);

        text.ShouldContain("gpt-image-2.5-flare (2026-09-08)");
        (backend.Profile.Model, backend.Profile.Family, backend.Profile.Warning).ShouldBe(("gpt-image-2.5-flare", "gpt-image-2.5", null));
        backend.Profile.Qualities.ShouldContain(ImageQuality.Max);
    }

    [Fact]
    public async Task A_deployment_of_another_vendors_model_and_one_that_is_not_there_are_found_out()
    {
        using var other = Create(Options with { Endpoint = _server.ProjectEndpoint, Model = null, Deployment = "drawings" });
        using var none = Create(Options with { Endpoint = _server.ProjectEndpoint, Model = null, Deployment = "nothing" });

        (await Should.ThrowAsync<ImageException>(() => other.CheckAsync(TestContext.Current.CancellationToken))).Message.ShouldContain("MAI-Image-2.5 of Microsoft");
        (await Should.ThrowAsync<ImageException>(() => none.CheckAsync(TestContext.Current.CancellationToken))).Message.ShouldContain($"it has drawings, {StrictAzure.Deployment}");
    }

    [Fact]
    public void Where_nobody_says_which_model_it_is_the_rules_of_gpt_image_2_apply_with_a_warning()
    {
        using var backend = Create(Options with { Model = null });

        (backend.Profile.Model, backend.Profile.Warning!.Contains("AZURE_OPENAI_MODEL")).ShouldBe(("gpt-image-2", true));
        backend.Profile.Formats.ShouldBe([ImageFormat.Png, ImageFormat.Jpeg]);
        backend.Profile.DefaultQuality.ShouldBe(ImageQuality.High);
    }

    [Theory]
    [InlineData(AzureErrors.FilteredPrompt, "refused the request (violence, hate)", false)]
    [InlineData(AzureErrors.BlockedResult, "refused the image it had drawn (sexual)", true)]
    [InlineData("""{"error":{"code":"content_policy_violation","message":"No.","inner_error":{"content_filter_results":{"jailbreak":{"detected":true,"filtered":true}}}}}""", "refused the request (jailbreak)", false)]
    public async Task The_filter_tells_what_it_found_and_where(string body, string text, bool output)
    {
        _server.Service.Enqueue(new ScriptedResponse { Status = 400, Body = body });

        var failure = (await Should.ThrowAsync<ImageException>(() => RenderAsync(Options))).Failure;

        (failure.Code, failure.OutputBlocked, failure.Billed).ShouldBe((FailureCode.ContentRejected, output, Billing.No));
        failure.Message.ShouldContain($"Azure OpenAI's safety system {text}");
    }

    [Fact]
    public async Task Texts_name_Azure_and_its_settings_and_never_OpenAIs()
    {
        (int Status, string Body)[] answers = [(401, """{"error":{"code":"401","message":"Access denied."}}"""), (403, """{"error":{"message":"insufficient"}}"""), (404, """{"error":{"code":"DeploymentNotFound"}}"""), (404, "{}"), (429, "{}"), (500, "{}"), (307, "{}")];
        foreach (var (status, body) in answers)
        {
            _server.Service.Enqueue(new ScriptedResponse { Status = status, Body = body, Headers = new Dictionary<string, string> { ["Retry-After"] = "120" } });

            var message = (await Should.ThrowAsync<ImageException>(() => RenderAsync(Options))).Message;

            // The service, its hosts and a role on it are called so.
            message.Replace("NAME.openai.azure.com", "").Replace("AZURE_OPENAI_", "").Replace("Azure OpenAI", "").Replace("Cognitive Services OpenAI User", "").ShouldNotContain("OpenAI");
        }
    }

    [Theory]
    [InlineData(null, "addresses of v1, api-version preview")]
    [InlineData("2025-04-01-preview", "classic addresses, api-version 2025-04-01-preview")]
    public async Task Doctor_says_what_it_found(string? version, string text)
    {
        using var backend = Create(Options with { ApiVersion = version });

        (await backend.CheckAsync(TestContext.Current.CancellationToken)).ShouldContain(text);
    }

    private OpenAIBackend Create(AzureOptions options, Func<TokenCredential>? credential = null) => OpenAIBackend.Create(AzureService.Create(options, _handler, TimeProvider.System, credential), _handler, new HastyTimeProvider());

    private async Task<RenderOutcome> RenderAsync(AzureOptions options)
    {
        using var backend = Create(options);
        return await RenderAsync(backend);
    }

    private Task<RenderOutcome> RenderAsync(OpenAIBackend backend) => backend.RenderAsync(
        new RequestValidator([]).Validate<ImageRequest>(BackendHost.CreateRequest(), backend.Profile), RenderInputs.None, _sink, TestContext.Current.CancellationToken);

    private sealed class ScriptedCredential : TokenCredential
    {
        public bool IsSignedIn { get; init; } = true;

        public ConcurrentQueue<string> Scopes { get; } = new();

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.Enqueue(requestContext.Scopes.Single());
            return IsSignedIn ? new AccessToken(StrictAzure.Token, DateTimeOffset.MaxValue) : throw new CredentialUnavailableException("Nobody\nis signed in.");
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
