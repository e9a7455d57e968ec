using System.Runtime.CompilerServices;
using GptImage2.Generation.Rendering;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Terminal.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Terminal.Doctor;

/// <summary>Whether each service that would draw can be reached and accepts who asks. One question each, about models, which costs nothing.</summary>
internal sealed class BackendChecks(IServiceProvider services, ServerSettings settings)
{
    private const string AccountPage = "https://platform.openai.com/settings/organization/general";

    private const string KeyPage = "https://platform.openai.com/api-keys";

    private readonly Attempt _attempt = new(services.GetRequiredService<TimeProvider>());

    private BackendRegistry Registry => services.GetRequiredService<BackendRegistry>();

    public async IAsyncEnumerable<DoctorFinding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (settings.Backends is { OpenAI: null, Scenario: null, Azure: null, Compatible: null })
        {
            var why = settings.Backends.Sketch.Reason is null ? "no key is set here" : $"{EntryText.KeyVariable} still holds a placeholder here";
            yield return DoctorFinding.Note("key", $"{why}, so this shell's images are labelled sketches; clients have keys of their own", $"{ShellLine.SetVariable(EntryText.KeyVariable, EntryText.Placeholder)} with a key from {KeyPage}");
        }

        foreach (var backend in Registry.Models)
        {
            var finding = await CheckAsync(backend, cancellationToken);
            yield return finding;
            if (finding.State is FindingState.Ok && settings.Backends.OpenAI is not null && backend.Name == "openai")
            {
                yield return DoctorFinding.Note(
                    "account",
                    $"whether OpenAI has verified the organisation for {backend.Profile.Model} cannot be told without an image that is paid for; an unverified one is refused then, unbilled, and told so",
                    $"{AccountPage} shows it, and verifies");
            }
        }

        if (Registry.BackgroundService is { } remover)
        {
            yield return await CheckAsync(remover, cancellationToken);
        }

        if (Registry.BackgroundModel is { } model)
        {
            // Its file only: to load it would take seconds and gigabytes.
            yield return await _attempt.RunAsync(
                "model",
                async cancellation => $"remove_background can use {await model.CheckAsync(cancellation)}; it can be read, and was not loaded",
                _ => $"{ServerDefinition.Name} model list",
                cancellationToken);
        }
    }

    private Task<DoctorFinding> CheckAsync(IImageBackend backend, CancellationToken cancellationToken) => _attempt.RunAsync(
        "backend",
        async cancellation => $"{backend.Name} with {backend.Profile.Model}: {await backend.CheckAsync(cancellation)}",
        failure => FindRemedy(backend, failure is ImageException known ? known.Failure.Code : FailureCode.ServiceUnreachable),
        cancellationToken);

    private static string FindRemedy(IImageBackend backend, FailureCode code) => (backend.Name, code) switch
    {
        ("openai", FailureCode.AccessDenied) => $"{ShellLine.SetVariable(EntryText.KeyVariable, EntryText.Placeholder)} with a key from {KeyPage}",
        (_, FailureCode.ModelNotFound) => ShellLine.SetVariable("GPTIMAGE2_MODEL", "gpt-image-2"),
        (_, FailureCode.ServiceUnreachable or FailureCode.ServiceFailed) => $"Call doctor again once the network works. Sketches need none: {ShellLine.SetVariable("GPTIMAGE2_BACKEND", "sketch")}",
        _ => $"docs/backends.md says what {backend.Name} needs",
    };
}
