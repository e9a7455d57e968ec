using GptImage2.Generation.Storage;
using GptImage2.Testing.Hosts;

namespace GptImage2.Mcp.Tests.Callers;

/// <summary>Whatever of another caller's is named, the answer is the one for something that does not exist.</summary>
public sealed class ForeignNameTests(ForeignNameTests.Fixture fixture) : IClassFixture<ForeignNameTests.Fixture>
{
    /// <summary>IMAGE, FILE, JOB and CURSOR stand for names of another caller's, or for made-up ones of the same shape.</summary>
    public static TheoryData<string, string> Calls => new()
    {
        { "view_image", """{"image":"IMAGE"}""" },
        { "view_image", """{"image":"image://IMAGE"}""" },
        { "view_image", """{"image":"FILE"}""" },
        { "view_image", """{"image":"IMAGE","crop":{"x":0,"y":0,"width":10,"height":10,"units":"preview"}}""" },
        { "view_image", """{"image":"IMAGE","recipe":true}""" },
        { "view_image", """{"image":"FILE","recipe":true}""" },
        { "view_image", """{"images":["IMAGE","IMAGE"]}""" },
        { "view_image", """{"image":"IMAGE","max_edge":1}""" },
        { "inpaint_region", """{"prompt":"a hat","image":"IMAGE","region":[{"shape":"rectangle","x":0,"y":0,"width":0.5,"height":0.5}]}""" },
        { "inpaint_region", """{"prompt":"a hat","image":"OWN","mask":"IMAGE"}""" },
        { "inpaint_region", """{"prompt":"a hat","image":"OWN","region":[{"shape":"rectangle","x":0,"y":0,"width":0.5,"height":0.5}],"references":[{"image":"IMAGE"}],"dry_run":true}""" },
        { "edit_with_references", """{"prompt":"a hat","references":[{"image":"IMAGE","role":"base"}]}""" },
        { "edit_with_references", """{"prompt":"a hat","references":[{"image":"FILE"}],"dry_run":true}""" },
        { "edit_with_references", """{"prompt":"","references":[{"image":"IMAGE"}]}""" },
        { "generate_image", """{"prompt":"a hat","image":"IMAGE"}""" },
        { "remove_background", """{"image":"IMAGE"}""" },
        { "remove_background", """{"image":"FILE","dry_run":true}""" },
        { "remove_background_hint", """{"image":"IMAGE"}""" },
        { "compose_board", """{"images":["OWN","IMAGE"]}""" },
        { "create_storyboard", """{"panels":["a hat","a coat"],"references":[{"image":"IMAGE"}]}""" },
        { "create_storyboard", """{"panels":["a hat","a coat"],"references":[{"image":"FILE"}],"dry_run":true}""" },
        { "update_storyboard", """{"board":"IMAGE"}""" },
        { "export_storyboard", """{"board":"JOB"}""" },
        { "list_images", """{"query":"IMAGE"}""" },
        { "list_images", """{"query":"FILE"}""" },
        { "list_images", """{"query":"TAIL"}""" },
        { "list_images", """{"query":"astrolabe"}""" },
        { "list_images", """{"query":"brass astrolabe fox"}""" },
        { "list_images", """{"cursor":"CURSOR"}""" },
        { "list_images", """{"query":"fox","cursor":"CURSOR","limit":1}""" },
        { "check_job", """{"job":"JOB"}""" },
        { "check_job", """{"job":"JOB","cancel":true}""" },
        { "check_job", """{"job":"JOB","wait_seconds":0}""" },
        { "list_presets", """{"topic":"IMAGE"}""" },
    };

    /// <summary>The same for everything that is no tool.</summary>
    public static TheoryData<string, string> Requests => new()
    {
        { "resources/read", """{"uri":"image://IMAGE"}""" },
        { "resources/read", """{"uri":"image://IMAGE/preview"}""" },
        { "resources/read", """{"uri":"image://IMAGE/record"}""" },
        { "resources/read", """{"uri":"image://IMAGE/none"}""" },
        { "resources/list", """{"cursor":"CURSOR"}""" },
        { "completion/complete", """{"ref":{"type":"ref/resource","uri":"image://{id}"},"argument":{"name":"id","value":"IMAGE"}}""" },
        { "completion/complete", """{"ref":{"type":"ref/resource","uri":"image://{id}/record"},"argument":{"name":"id","value":"TAIL"}}""" },
        { "completion/complete", """{"ref":{"type":"ref/prompt","name":"game-asset-inpaint"},"argument":{"name":"render","value":"IMAGE"}}""" },
        { "completion/complete", """{"ref":{"type":"ref/prompt","name":"game-asset-inpaint"},"argument":{"name":"render","value":"astrolabe"}}""" },
        { "prompts/get", """{"name":"game-asset-inpaint","arguments":{"render":"IMAGE","target":"the sword","replacement":"a staff"}}""" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_that_names_it_says_what_it_says_of_nothing(string tool, string arguments)
    {
        var foreign = fixture.Hide(await TwoCallers.SayAsync(fixture.Callers.Bert, tool, fixture.WithForeign(arguments)));
        var madeUp = fixture.Hide(await TwoCallers.SayAsync(fixture.Callers.Bert, tool, fixture.WithMadeUp(arguments)));

        foreign.ShouldBe(madeUp);
        foreign.ShouldNotContain("astrolabe on", Case.Insensitive);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Any_other_request_that_names_it_says_what_it_says_of_nothing(string method, string parameters)
    {
        var foreign = fixture.Hide(await TwoCallers.AskAsync(fixture.Callers.Bert, method, fixture.WithForeign(parameters)));
        var madeUp = fixture.Hide(await TwoCallers.AskAsync(fixture.Callers.Bert, method, fixture.WithMadeUp(parameters)));

        foreign.ShouldBe(madeUp);
    }

    [Theory]
    [InlineData("tasks/get", """{"taskId":"JOB"}""")]
    [InlineData("tasks/update", """{"taskId":"JOB","inputResponses":{}}""")]
    [InlineData("tasks/cancel", """{"taskId":"JOB"}""")]
    public async Task A_task_of_another_is_none(string method, string parameters)
    {
        var (anna, bert) = (await fixture.Callers.ConnectWithTasksAsync("anna"), await fixture.Callers.ConnectWithTasksAsync("bert"));

        var foreign = fixture.Hide(await TwoCallers.AskAsync(bert, method, fixture.WithForeign(parameters)));
        var madeUp = fixture.Hide(await TwoCallers.AskAsync(bert, method, fixture.WithMadeUp(parameters)));

        foreign.ShouldBe(madeUp);
        foreign.ShouldContain("There is no such task.");
        (await TwoCallers.AskAsync(anna, method, fixture.WithForeign(parameters))).ShouldContain("\"resultType\":\"complete\"");
    }

    /// <summary>Else the comparison would say nothing.</summary>
    [Theory]
    [InlineData("view_image", """{"image":"IMAGE"}""")]
    [InlineData("view_image", """{"image":"FILE"}""")]
    [InlineData("list_images", """{"cursor":"CURSOR"}""")]
    [InlineData("check_job", """{"job":"JOB"}""")]
    public async Task Its_owner_finds_it(string tool, string arguments) =>
        (await TwoCallers.SayAsync(fixture.Callers.Anna, tool, fixture.WithForeign(arguments))).ShouldStartWith("error: False");

    [Theory]
    [InlineData("resources/read", """{"uri":"image://IMAGE/record"}""", "astrolabe")]
    [InlineData("resources/list", """{"cursor":"CURSOR"}""", "resources")]
    [InlineData("completion/complete", """{"ref":{"type":"ref/prompt","name":"game-asset-inpaint"},"argument":{"name":"render","value":"IMAGE"}}""", "img_")]
    public async Task Its_owner_finds_it_by_any_other_request(string method, string parameters, string expected) =>
        (await TwoCallers.AskAsync(fixture.Callers.Anna, method, fixture.WithForeign(parameters))).ShouldContain(expected);

    /// <summary>Anna has images of an astrolabe, Bert one of a fox.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private readonly string _madeUpJob = IdGenerator.CreateJobId();
        private readonly string _madeUpImage = IdGenerator.CreateImageId(IdGenerator.CreateJobId(), 1, finished: false);
        private TwoCallers? _callers;
        private string _job = "", _image = "", _file = "", _own = "";

        internal TwoCallers Callers => _callers!;

        public async ValueTask InitializeAsync()
        {
            _callers = await TwoCallers.StartAsync();
            var made = await TwoCallers.CallAsync(Callers.Anna, "generate_image", """{"prompt":"a brass astrolabe on a desk","count":2}""");
            (_job, _image) = (made.JobId, made.Images[0]);
            _own = (await TwoCallers.CallAsync(Callers.Bert, "generate_image", """{"prompt":"a red fox"}""")).Images[0];
            var record = await Callers.Anna.ReadResourceAsync($"image://{_image}/record");
            _file = JsonElement.Parse(record.Contents.OfType<ModelContextProtocol.Protocol.TextResourceContents>().First().Text).GetProperty("file").GetProperty("path").GetString()!;
        }

        public ValueTask DisposeAsync() => Callers.DisposeAsync();

        public string WithForeign(string text) => Fill(text, _image, _file, _job);

        public string WithMadeUp(string text) => Fill(text, _madeUpImage, MadeUpFile, _madeUpJob);

        /// <summary>The names themselves are repeated in refusals, and may be.</summary>
        public string Hide(string said) => new[] { (_file, "FILE"), (MadeUpFile, "FILE"), (_image, "IMAGE"), (_madeUpImage, "IMAGE"), (_image[4..], "TAIL"), (_madeUpImage[4..], "TAIL"), (_job, "JOB"), (_madeUpJob, "JOB") }
            .Aggregate(said, (text, name) => text.Replace(name.Item1, name.Item2));

        private string MadeUpFile => _file.Replace(_image[4..], _madeUpImage[4..]);

        private string Fill(string text, string image, string file, string job) => text
            .Replace("IMAGE", image)
            .Replace("FILE", file)
            .Replace("JOB", job)
            .Replace("CURSOR", new ImagePosition(image).ToString())
            .Replace("TAIL", image[4..12])
            .Replace("OWN", _own);
    }
}
