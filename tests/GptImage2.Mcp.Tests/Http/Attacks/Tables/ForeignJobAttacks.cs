using GptImage2.Testing.Hosts;

namespace GptImage2.Mcp.Tests.Http.Attacks.Tables;

/// <summary>Mallory at Alice's jobs, tasks, spending and questions.</summary>
internal static class ForeignJobAttacks
{
    private const string MadeUp = "job_abcdefghjkmnpqrs";

    public static IReadOnlyList<Attack> All { get; } =
    [
        Running("another's running job", "check_job", (a, id) => a.CallAsync("check_job", $$"""{"job":"{{id}}","wait_seconds":0}""")),
        Ended("another's job", "check_job", (a, id) => a.CallAsync("check_job", $$"""{"job":"{{id}}","wait_seconds":0}""")),
        Running("another's job, cancelled", "check_job with cancel", (a, id) => a.CallAsync("check_job", $$"""{"job":"{{id}}","cancel":true}""")),
        Running("another's job on the page", "studio_action job", (a, id) => a.CallAsync("studio_action", $$"""{"action":"job","job":"{{id}}"}""")),
        Running("another's job, cancelled by the page", "studio_action cancel", (a, id) => a.CallAsync("studio_action", $$"""{"action":"cancel","job":"{{id}}"}""")),
        Attack.Harmless("all jobs on the page", "studio_action jobs", a => a.CallAsync("studio_action", """{"action":"jobs"}"""), answer => answer.Body.ShouldNotContain("velvetmoon")),
        Running("another's task", "tasks/get", (a, id) => a.AskAsync("tasks/get", $$"""{"taskId":"{{id}}"}""")),
        Ended("another's task that is over", "tasks/get", (a, id) => a.AskAsync("tasks/get", $$"""{"taskId":"{{id}}"}""")),
        Running("another's task, cancelled", "tasks/cancel", (a, id) => a.AskAsync("tasks/cancel", $$"""{"taskId":"{{id}}"}""")),
        Running("another's task, answered", "tasks/update", (a, id) => a.AskAsync("tasks/update", $$"""{"taskId":"{{id}}","inputResponses":{} }""")),
        Attack.Harmless("whatever runs, cancelled", "check_job with cancel and no id", a => a.CallAsync("check_job", """{"cancel":true}"""), answer => answer.Text.ShouldStartWith("Nothing to cancel.")),
        Attack.Harmless("the last job", "check_job last", a => a.CallAsync("check_job", """{"job":"last"}"""), answer => answer.Body.ShouldNotContain("velvetmoon")),
        Attack.Harmless("all jobs", "check_job without a job", a => a.CallAsync("check_job", "{}"), answer => answer.Body.ShouldNotContain("velvetmoon")),
        new("guess next to another's job", "check_job with Alice's id but for a letter: nothing is suggested", async a =>
        {
            var near = a.Server.Alice.Job[..^1] + (a.Server.Alice.Job[^1] is 'a' ? 'b' : 'a');
            var answer = await a.CallAsync("check_job", $$"""{"job":"{{near}}"}""");
            answer.Body.ShouldNotContain(a.Server.Alice.Job);
            return answer.ToString();
        }),
        Attack.Same("completion of another's job", "a prompt's argument with half of an id", alice => alice.Job[..12], MadeUp[..12], (a, id) => a.AskAsync(
            "completion/complete", $$$"""{"ref":{"type":"ref/prompt","name":"product-mockup"},"argument":{"name":"packshot","value":"{{{id}}}"} }""")),
        new("the same call as another's", "draws Alice's prompt, to be given her image or her job", async a =>
        {
            var drawn = a.Server.Drawn;
            var made = await a.CallAsync("generate_image", """{"prompt":"a zanzibarquokka under a velvetmoon, forever"}""", a.Server.Copycat);
            var text = await MessageAttacks.FinishAsync(a, made, a.Server.Copycat);
            text.ShouldNotContain(a.Server.Alice.RunningJob);
            a.Server.Drawn.ShouldBe(drawn + 1, "it is drawn anew, and paid for");
            return "200, a job of one's own; joined to nothing";
        }),
        Attack.Same("the same call as another's, dry", "prices Alice's call", _ => "a zanzibarquokka under a velvetmoon, forever", "a zanzibarquokka under a velvetmoon, forevet", (a, prompt) =>
            a.CallAsync("generate_image", $$"""{"prompt":"{{prompt}}","dry_run":true}""")),
        Attack.Harmless("spending of all", "spend://summary", a => a.AskAsync("resources/read", """{"uri":"spend://summary"}"""), HasNothingOfAlice),
        Attack.Harmless("spending of all, as a tool", "list_presets spending", a => a.CallAsync("list_presets", """{"topic":"spending"}"""), HasNothingOfAlice),
        new("spending by dry runs", "prices calls up to the server's cap: which one is refused is in no number", async a =>
        {
            var answer = await a.CallAsync("generate_image", """{"prompt":"many toads","count":10,"quality":"high","preset":"square","dry_run":true}""");
            answer.Body.ShouldNotMatch(@"\$[0-9.]+ (of the \$|today|are spent)");
            return answer.ToString();
        }),
        new("another's consent", "Mallory's call with the answer to a question that Alice was asked", async a =>
        {
            var drawn = a.Server.Drawn;
            var answer = await a.AskAsync("tools/call", $$$"""
                {"name":"check_job","arguments":{"job":"{{{a.Server.Alice.RunningJob}}}","cancel":true},
                 "requestState":"{{{Convert.ToHexStringLower(SHA256.HashData("alice"u8))}}}","inputResponses":{"confirm":{"action":"accept","content":{} } } }
                """);
            answer.Body.ShouldContain("unknown");
            a.Server.Drawn.ShouldBe(drawn);
            return answer.ToString();
        }),
        new("another's request, cancelled", "notifications/cancelled for the id of the request that Alice waits for", async a =>
        {
            var session = await a.Server.MallorySessionAsync();
            Task<Answer> CancelAsync(int id) => a.SessionAsync(
                HttpMethod.Post, $$$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{id}}} } }""", session, a.Server.Mallory);
            var (theirs, never) = (await CancelAsync(1), await CancelAsync(77));
            theirs.Describe("(none)").ShouldBe(never.Describe("(none)"));
            return theirs.ToString();
        }),
        new("announcements of another's images", "subscriptions/listen, while a job of another owner ends", async a =>
        {
            var own = $"oauth:{a.Server.Authorization.Issuer}|listener";
            using var request = Authentication.RawMcp.Create(a.Server.Server, "subscriptions/listen", new() { ["notifications"] = new JsonObject { ["resourcesListChanged"] = true } }, a.Server.Authorization.Issue("listener"));
            using var response = await a.Server.Server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            using var events = await EventReader.OpenAsync(response);
            (await events.ReadAsync()).ShouldNotBeNull().ToJsonString().ShouldContain("acknowledged");
            a.Server.Events.Announce(own);
            (await events.ReadAsync()).ShouldNotBeNull().ToJsonString().ShouldContain("list_changed");
            a.Server.Events.Announce(Victim.Owner);
            a.Server.Events.Announce("token:mallory");
            var next = events.ReadAsync();
            await a.ListAsync(_ => { }, a.Server.Mallory);
            next.IsCompleted.ShouldBeFalse();
            return "only what is announced to oneself";
        }),
    ];

    private static Attack Running(string name, string tries, Func<Attempt, string, Task<Answer>> ask) => Attack.Same(name, tries, alice => alice.RunningJob, MadeUp, ask);

    private static Attack Ended(string name, string tries, Func<Attempt, string, Task<Answer>> ask) => Attack.Same(name, tries, alice => alice.Job, MadeUp, ask);

    private static void HasNothingOfAlice(Answer answer)
    {
        answer.Status.ShouldBe(200);
        answer.Body.ShouldNotContain("edit_with_references");
    }
}
