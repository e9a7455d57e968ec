using GptImage2.Matting.Onnx.Presets;

namespace GptImage2.Matting.Onnx.Tests;

/// <summary>Files that are no model of this kind, or a trap: each ends in a refusal that names the setting and the file, and no folder.</summary>
public sealed class HostileModelTests : IDisposable
{
    private const int ByteType = 2;

    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("empty", "damaged or of another kind")]
    [InlineData("noise", "damaged or of another kind")]
    [InlineData("text", "damaged or of another kind")]
    [InlineData("half", "damaged or of another kind")]
    [InlineData("no operator", "damaged or of another kind")]
    [InlineData("endless nesting", "damaged or of another kind")]
    [InlineData("gone", "not there or not readable")]
    [InlineData("folder", "not there or not readable")]
    public async Task A_file_that_is_no_model_is_refused(string what, string why)
    {
        var path = what switch
        {
            "gone" => Path.Combine(_folder.Path, "trap.onnx"),
            "folder" => Directory.CreateDirectory(Path.Combine(_folder.Path, "trap.onnx")).FullName,
            _ => _folder.Put("trap.onnx", Bytes(what)),
        };

        var refused = await ModelFolder.RefusalAsync(new OnnxModelOptions { Model = path, Preset = ModelPreset.U2NetP });

        refused.ShouldStartWith("GPTIMAGE2_MATTING__MODEL (trap.onnx): expected ");
        refused.ShouldContain(why);
        refused.ShouldEndWith("gptimage2-mcp model list names them.");
        refused.ShouldNotContain(_folder.Path);
    }

    [Theory]
    [InlineData("two inputs", "a graph with one input but received one with 2 (input, second)")]
    [InlineData("no input", "a graph with one input but received one with 0 ()")]
    [InlineData("bytes", "an input of float[1,3,height,width] but received input: byte[1,3,8,8]")]
    [InlineData("grey", "an input of float[1,3,height,width] but received input: single[1,1,8,8]")]
    [InlineData("batch", "an input of float[1,3,height,width] but received input: single[4,3,8,8]")]
    [InlineData("channels last", "an input of float[1,3,height,width] but received input: single[1,8,8,3]")]
    [InlineData("huge input", "an input of at most 4096x4096 pixels but received input: single[1,3,100000,100000]")]
    [InlineData("three answers", "numbers of [1,1,height,width] from matte but received float[1,3,8,8]")]
    [InlineData("no numbers", "numbers of [1,1,height,width] from matte but received float[1,1,8,8]")]
    public async Task A_graph_of_another_shape_is_refused(string what, string told)
    {
        var refused = await ModelFolder.RefusalAsync(_folder.Plain(Graph(what)));

        refused.ShouldBe($"GPTIMAGE2_MATTING__MODEL (tiny.onnx): expected {told}. The user can fetch one that works: gptimage2-mcp model list names them.");
    }

    [Fact]
    public async Task A_graph_that_wants_a_terabyte_is_refused_before_it_has_it()
    {
        var graph = new TinyGraph().Input("input", 1, 1, 3, 8, 8).Output("matte", 1, 1, 0, 0)
            .Integers("edges", 1, 1, 500_000, 500_000).Mix("input", "mixed", 1, 0, 0).Node("ReduceMax", ["mixed"], ["most"]).Node("Expand", ["most", "edges"], ["matte"]);

        var refused = await ModelFolder.RefusalAsync(_folder.Plain(graph));

        refused.ShouldBe("GPTIMAGE2_MATTING__MEMORYMEGABYTES (4095): expected a model that needs no more but tiny.onnx does. A higher limit, or 0 for none, or a smaller model helps.");
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/hostname")]
    [InlineData("missing.bin")]
    public async Task Weights_are_read_from_the_models_own_folder_alone(string location)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "inner")).FullName;
        _folder.Put("secret.bin", new byte[12]);
        var graph = new TinyGraph().Input("input", 1, 1, 3, 8, 8).Output("matte", 1, 1, 8, 8).ExternalFloats("weights", [1, 3, 1, 1], location).Node("Conv", ["input", "weights"], ["matte"]);
        var options = _folder.Plain(graph) with { Model = Path.Combine(folder, "tiny.onnx") };
        File.WriteAllBytes(options.Model, graph.Build());

        (await ModelFolder.RefusalAsync(options)).ShouldContain("a model whose weights are in the file, or in files beside it, but received one whose weights are elsewhere or missing");
    }

    [Fact]
    public async Task Weights_beside_the_model_are_read()
    {
        var graph = new TinyGraph().Input("input", 1, 1, 3, 8, 8).Output("matte", 1, 1, 8, 8).ExternalFloats("weights", [1, 3, 1, 1], "weights.bin").Node("Conv", ["input", "weights"], ["matte"]);
        _folder.Put("weights.bin", [.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(0f), .. BitConverter.GetBytes(0f)]);

        (await ModelFolder.PredictAsync(_folder.Plain(graph), ModelFolder.OneColour(70, 80, 90))).Alpha[0].ShouldBe((byte)70);
    }

    private static byte[] Bytes(string what)
    {
        var whole = TinyGraph.Mixing(1, 0, 0, 0, 8, 8).Build();
        var noise = new byte[4_000];
        new Random(9).NextBytes(noise);
        return what switch
        {
            "empty" => [],
            "noise" => noise,
            "text" => "<html>404 Not Found</html>"u8.ToArray(),
            "half" => whole[..(whole.Length / 2)],
            "no operator" => new TinyGraph().Input("input", 1, 1, 3, 8, 8).Output("matte", 1, 1, 8, 8).Node("NoSuchThing", ["input"], ["matte"]).Build(),
            _ => [.. Enumerable.Repeat((byte)0x3A, 60_000)],
        };
    }

    private static TinyGraph Graph(string what) => what switch
    {
        "two inputs" => new TinyGraph().Input("input", 1, 1, 3, 8, 8).Input("second", 1, 1, 3, 8, 8).Output("matte", 1, 3, 8, 8).Node("Add", ["input", "second"], ["matte"]),
        "no input" => new TinyGraph().Output("matte", 1, 1, 1, 1).Floats("constant", [1, 1, 1, 1], 1).Node("Identity", ["constant"], ["matte"]),
        "bytes" => Identity(ByteType, 1, 3, 8, 8),
        "grey" => Identity(1, 1, 1, 8, 8),
        "batch" => Identity(1, 4, 3, 8, 8),
        "channels last" => Identity(1, 1, 8, 8, 3),
        "huge input" => Identity(1, 1, 3, 100_000, 100_000),
        "three answers" => Identity(1, 1, 3, 8, 8),
        _ => new TinyGraph().Input("input", 1, 1, 3, 8, 8).Output("matte", 1, 1, 8, 8).Mix("input", "mixed", 0, 0, 0, -1).Node("Log", ["mixed"], ["matte"]),
    };

    private static TinyGraph Identity(int type, params long[] shape)
    {
        var graph = new TinyGraph().Input("input", type, shape).Node("Identity", ["input"], [type is 1 ? "matte" : "same"]);
        return type is 1 ? graph.Output("matte", shape) : graph.Node("Cast", ["same"], ["matte"], attribute => attribute.Text(1, "to").Integer(3, 1).Integer(20, 2)).Output("matte", shape);
    }
}
