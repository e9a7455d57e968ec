namespace GptImage2.Mcp.Tests.Http.Authentication;

public sealed class ScopeTests(AccessTokenServer servers) : IClassFixture<AccessTokenServer>
{
    private const string Read = "images:read";
    private const string Write = "images:write";
    private const string Spending = "spend:read";

    /// <summary>A request, and the scope that it needs, or null.</summary>
    private static (string Method, string? Parameters, string? Needs)[] Requests =>
    [
        ("server/discover", null, null),
        ("tools/list", null, null),
        ("tools/call", """{"name":"list_images"}""", Read),
        ("tools/call", """{"name":"view_image","arguments":{"image":"img_0"}}""", Read),
        ("tools/call", """{"name":"remove_background_hint","arguments":{"subject":"a fox"}}""", Read),
        ("tools/call", """{"name":"list_presets"}""", Read),
        ("tools/call", """{"name":"list_presets","arguments":{"topic":"limits"}}""", Read),
        ("tools/call", """{"name":"list_presets","arguments":{"topic":"spending"}}""", Spending),
        ("tools/call", """{"name":"list_presets","arguments":{"topic":"money"}}""", Spending),
        ("tools/call", """{"name":"list_presets","arguments":{"topic":"Money spent"}}""", Spending),
        ("tools/call", """{"name":"list_presets","arguments":"{\"topic\":\"spending\"}"}""", Spending),
        ("tools/call", """{"name":"check_job"}""", Read),
        ("tools/call", """{"name":"check_job","arguments":{"job":"job_0","wait_seconds":0}}""", Read),
        ("tools/call", """{"name":"check_job","arguments":{"job":"job_0","cancel":false}}""", Read),
        ("tools/call", """{"name":"check_job","arguments":{"job":"job_0","cancel":true}}""", Write),
        ("tools/call", """{"name":"check_job","arguments":{"job":"job_0","cancel":"true"}}""", Write),
        ("tools/call", """{"name":"check_job","arguments":{"job":"job_0","Cancel":true}}""", Write),
        ("tools/call", """{"name":"check_job","arguments":{"job":"job_0","c\u0061ncel":true}}""", Write),
        ("tools/call", """{"name":"check_job","arguments":"{\"cancel\":true}"}""", Write),
        ("tools/call", """{"name":"generate_image","arguments":{"prompt":"a fox","dry_run":true}}""", Write),
        ("tools/call", """{"name":"edit_with_references","arguments":{"prompt":"a fox","references":[]}}""", Write),
        ("tools/call", """{"name":"inpaint_region","arguments":{}}""", Write),
        ("tools/call", """{"name":"remove_background","arguments":{}}""", Write),
        ("tools/call", """{"name":"compose_board","arguments":{}}""", Write),
        ("tools/call", """{"name":"define_cast","arguments":{"name":"Mira","traits":"red hair"}}""", Write),
        ("tools/call", """{"name":"define_cast","arguments":{"action":"list"}}""", Read),
        ("tools/call", """{"name":"studio_action","arguments":{"action":"jobs"}}""", Read),
        ("tools/call", """{"name":"studio_action","arguments":{"action":"cancel","job":"job_x"}}""", Write),
        ("tools/call", """{"name":"studio_action","arguments":{"action":"favourite","image":"img_x","on":true}}""", Write),
        ("tools/call", """{"name":"define_cast","arguments":{"name":"Mira","action":"delete"}}""", Write),
        ("tools/call", """{"name":"create_storyboard","arguments":{"panels":["a fox","a hare"],"dry_run":true}}""", Write),
        ("tools/call", """{"name":"update_storyboard","arguments":{"board":"board_0"}}""", Write),
        ("tools/call", """{"name":"export_storyboard","arguments":{"board":"board_0"}}""", Write),
        ("resources/list", null, Read),
        ("resources/templates/list", null, Read),
        ("resources/read", """{"uri":"images://recent"}""", Read),
        ("resources/read", """{"uri":"spend://summary"}""", Spending),
        ("prompts/list", null, Read),
        ("prompts/get", """{"name":"storyboard"}""", Read),
        ("completion/complete", """{"ref":{"type":"ref/prompt","name":"storyboard"},"argument":{"name":"x","value":""}}""", Read),
        ("tasks/get", """{"taskId":"job_0"}""", Read),
        ("tasks/update", """{"taskId":"job_0","inputResponses":{}}""", Write),
        ("tasks/cancel", """{"taskId":"job_0"}""", Write),
        ("nobody/thought-of-this", null, Write),
    ];

    public static TheoryData<string> Subsets => [.. from read in new[] { "", Read } from write in new[] { "", Write } from spending in new[] { "", Spending } select $"{read} {write} {spending}".Trim()];

    [Theory]
    [MemberData(nameof(Subsets))]
    public async Task A_request_needs_its_scope_and_nothing_else(string scopes)
    {
        var token = servers.Authorization.Issue(scope: scopes);
        List<string> wrong = [];
        foreach (var (method, parameters, needs) in Requests)
        {
            var (status, text, challenge) = await RawMcp.SendAsync(servers.Server, RawMcp.Create(servers.Server, method, JsonNode.Parse(parameters ?? "{}") as JsonObject, token));
            if (!IsRight(scopes, needs, status, text, challenge))
            {
                wrong.Add($"{method} {parameters}: {status} {challenge} {text}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Subsets))]
    public async Task It_is_the_same_in_a_session(string scopes)
    {
        var token = servers.Authorization.Issue(subject: "legacy", scope: scopes);
        var session = await RawMcp.BeginSessionAsync(servers.Server, token);
        List<string> wrong = [];
        foreach (var (method, parameters, needs) in Requests)
        {
            var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 5, ["method"] = method, ["params"] = JsonNode.Parse(parameters ?? "{}") };
            var (status, text, challenge) = await RawMcp.SendAsync(servers.Server, RawMcp.CreateLegacy(servers.Server, body.ToJsonString(), token, session));
            if (!IsRight(scopes, needs, status, text, challenge))
            {
                wrong.Add($"{method} {parameters}: {status} {challenge} {text}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_tool_is_in_the_table_and_in_everybodys_list()
    {
        await using var client = await servers.Server.ConnectAsync(servers.Authorization.Issue(scope: ""), cancellationToken: TestContext.Current.CancellationToken);
        var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);

        tools.Count.ShouldBe(14);
        tools.Select(tool => tool.Name).Except(Requests.Select(request => JsonNode.Parse(request.Parameters ?? "{}")!["name"]?.GetValue<string>() ?? "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_spent_is_listed_only_for_those_who_may_read_it()
    {
        async Task<IEnumerable<string>> ListAsync(string scopes)
        {
            await using var client = await servers.Server.ConnectAsync(servers.Authorization.Issue(scope: scopes), cancellationToken: TestContext.Current.CancellationToken);
            return (await client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(resource => resource.Uri);
        }

        (await ListAsync($"{Read} {Write}")).ShouldNotContain("spend://summary");
        (await ListAsync($"{Read} {Spending}")).ShouldContain("spend://summary");
    }

    /// <summary>Two readers of one document may see two documents: whatever the SDK makes of it, the filter looks at that.</summary>
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call","params":{"name":"generate_image","arguments":{"prompt":"smuggled"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","method":"tools/list","params":{"name":"generate_image","arguments":{"prompt":"smuggled"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_images","name":"generate_image","arguments":{"prompt":"smuggled"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"generate_image","name":"list_images","arguments":{"prompt":"smuggled"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_images"},"params":{"name":"generate_image","arguments":{"prompt":"smuggled"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"check_job","arguments":{"cancel":false,"cancel":true}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_images","Name":"generate_image","arguments":{"prompt":"smuggled"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"Method":"tools/call","method":"tools/list","params":{"name":"generate_image","arguments":{"prompt":"smuggled"}}}""")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"generate_image","arguments":{"prompt":"smuggled"}}}]""")]
    public async Task Nothing_is_smuggled_past_the_scopes(string body)
    {
        var token = servers.Authorization.Issue(subject: "smuggler", scope: Read);
        var session = await RawMcp.BeginSessionAsync(servers.Server, token);

        using var utf16 = RawMcp.CreateLegacy(servers.Server, body, token, session);
        utf16.Content = new StringContent(body, Encoding.Unicode, "application/json");
        string[] answers =
        [
            (await RawMcp.SendAsync(servers.Server, RawMcp.CreateLegacy(servers.Server, body, token, session))).Text,
            (await RawMcp.SendAsync(servers.Server, utf16)).Text,
            (await RawMcp.SendAsync(servers.Server, RawMcp.Create(servers.Server, body, token, "tools/call", "generate_image"))).Text,
            (await RawMcp.SendAsync(servers.Server, RawMcp.Create(servers.Server, body, token, "tools/list"))).Text,
        ];

        answers.ShouldAllBe(answer => !Regex.IsMatch(answer, "img_[a-z0-9]{4}|Nothing to cancel"));
        await using var client = await servers.Server.ConnectAsync(token, cancellationToken: TestContext.Current.CancellationToken);
        (await client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldNotContain(resource => resource.Uri.StartsWith("image://img_"));
    }

    [Theory]
    [InlineData("scp", "images:read images:write")]
    [InlineData("scp", new[] { "images:read", "images:write" })]
    [InlineData("scope", "openid images:write images:read profile")]
    public async Task Scopes_are_read_as_authorization_servers_write_them(string claim, object value)
    {
        var token = servers.Authorization.Issue(change: token =>
        {
            token.Claims.Remove("scope");
            token.Claims[claim] = value;
        });

        async Task<int> TryAsync(string method, string parameters) =>
            (await RawMcp.SendAsync(servers.Server, RawMcp.Create(servers.Server, method, (JsonObject)JsonNode.Parse(parameters)!, token))).Status;

        (await TryAsync("tools/call", """{"name":"generate_image","arguments":{"prompt":"a fox","dry_run":true}}""")).ShouldBe(200);
        (await TryAsync("resources/read", """{"uri":"images://recent"}""")).ShouldBe(200);
        (await TryAsync("resources/read", """{"uri":"spend://summary"}""")).ShouldBe(403);
    }

    private static bool IsRight(string scopes, string? needs, int status, string text, string challenge)
    {
        var granted = scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var mayPass = needs is null || granted.Contains(needs);
        return mayPass
            ? status is not (401 or 403) && !text.Contains("lacks the scope", StringComparison.Ordinal)
            : status is 403 && text.Contains($"lacks the scope {needs}", StringComparison.Ordinal)
                && challenge.StartsWith($"Bearer error=\"insufficient_scope\", scope=\"{string.Join(' ', new[] { Read, Write, Spending }.Where(scope => scope == needs || granted.Contains(scope)))}\", resource_metadata=", StringComparison.Ordinal);
    }
}
