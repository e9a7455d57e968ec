using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Matting.Onnx.Presets;

namespace GptImage2.Matting.Onnx.Tests;

/// <summary>What goes into a graph, and what is made of its answer.</summary>
public sealed class OnnxMatteModelTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Channels_go_in_as_planes_of_red_green_and_blue_row_by_row(int channel)
    {
        var graph = TinyGraph.Mixing(channel is 0 ? 1 : 0, channel is 1 ? 1 : 0, channel is 2 ? 1 : 0, 0, 16, 8);

        var matte = await ModelFolder.PredictAsync(_folder.Plain(graph), ModelFolder.Gradient(16, 8));

        matte.Size.ShouldBe(new Dimensions(16, 8));
        for (var place = 0; place < matte.Alpha.Length; place++)
        {
            matte.Alpha[place].ShouldBe((byte)(channel is 0 ? place % 16 * 255 / 15 : channel is 1 ? place / 16 * 255 / 7 : 51), $"at {place % 16},{place / 16}");
        }
    }

    [Fact]
    public async Task Mean_and_deviation_are_taken_from_each_channel()
    {
        var options = _folder.Plain(TinyGraph.Mixing(0.25f, 0.5f, 0.25f, 0, 4, 4)) with { Mean = new ChannelValues(0.2f, 0.4f, 0.1f), Deviation = new ChannelValues(0.5f, 0.8f, 2) };

        var matte = await ModelFolder.PredictAsync(options, ModelFolder.OneColour(204, 255, 51));

        // Red (0.8 - 0.2) / 0.5, green (1 - 0.4) / 0.8, blue (0.2 - 0.1) / 2.
        matte.Alpha.ShouldAllBe(alpha => alpha == (byte)((((0.25 * 1.2) + (0.5 * 0.75) + (0.25 * 0.05)) * 255) + 0.5));
    }

    [Theory]
    [InlineData("birefnet-general.onnx", 1024, 1024, (0.6 - 0.485) / 0.229, OutputRange.Logits)]
    [InlineData("isnet-general-use.onnx", 1024, 1024, 0.1, OutputRange.MinMax)]
    [InlineData("u2net.onnx", 320, 320, (1 - 0.485) / 0.229, OutputRange.MinMax)]
    [InlineData("U2NETP.onnx", 320, 320, (1 - 0.485) / 0.229, OutputRange.MinMax)]
    [InlineData("modnet.onnx", 768, 512, 0.2, OutputRange.Alpha)]
    public async Task The_name_of_a_file_says_how_its_kind_wants_colours_and_size(string name, int width, int height, double red, OutputRange range)
    {
        // A tenth of normalised red: within 0 to 1 for all of them.
        var options = new OnnxModelOptions { Model = _folder.Put(name, TinyGraph.Mixing(0.1f, 0, 0).Build()), Threads = 1, Range = OutputRange.Alpha };

        var matte = await ModelFolder.PredictAsync(options, ModelFolder.OneColour(153, 26, 26));

        matte.Size.ShouldBe(new Dimensions(width, height));
        ((double)matte.Alpha[0]).ShouldBe(red * 25.5, 0.6);
        ModelPreset.ForFile(name)!.Range.ShouldBe(range);
    }

    [Fact]
    public async Task A_size_that_the_graph_fixes_wins_over_all_others()
    {
        var options = _folder.Plain(TinyGraph.Mixing(1, 0, 0, 0, 12, 6)) with { Size = 64, Preset = ModelPreset.ModNet };

        (await ModelFolder.PredictAsync(options, ModelFolder.Gradient(30, 30))).Size.ShouldBe(new Dimensions(12, 6));
    }

    [Theory]
    [InlineData(100, 50, 128, 64)]
    [InlineData(50, 100, 64, 128)]
    [InlineData(1000, 10, 256, 64)]
    [InlineData(64, 64, 64, 64)]
    public async Task Where_the_graph_takes_any_size_the_setting_decides_and_a_kind_may_keep_the_shape(int width, int height, int wide, int high)
    {
        var square = _folder.Plain(TinyGraph.Mixing(1, 0, 0)) with { Size = 64 };

        (await ModelFolder.PredictAsync(square, ModelFolder.Gradient(width, height))).Size.ShouldBe(new Dimensions(64, 64));
        (await ModelFolder.PredictAsync(square with { Preset = ModelPreset.ModNet }, ModelFolder.Gradient(width, height))).Size.ShouldBe(new Dimensions(wide, high));
    }

    [Fact]
    public async Task An_image_is_stretched_over_all_of_the_input()
    {
        var matte = await ModelFolder.PredictAsync(_folder.Plain(TinyGraph.Mixing(1, 0, 0, 0, 8, 8)), ModelFolder.Gradient(64, 16));

        matte.Alpha[0].ShouldBeLessThan((byte)30);
        matte.Alpha[7].ShouldBeGreaterThan((byte)225);
        for (var row = 1; row < 8; row++)
        {
            matte.Alpha[row * 8].ShouldBe(matte.Alpha[0]);
        }
    }

    [Fact]
    public async Task Of_several_outputs_the_first_is_taken_unless_one_is_named()
    {
        var graph = new TinyGraph().Input("input", 1, 1, 3, 4, 4).Output("first", 1, 1, 4, 4).Output("second", 1, 1, 4, 4).Output("third", 1, 1, 4, 4)
            .Mix("input", "first", 1, 0, 0).Mix("input", "second", 0, 0, 1).Mix("input", "third", 0, 1, 0);
        var options = _folder.Plain(graph);

        (await ModelFolder.PredictAsync(options, ModelFolder.OneColour(40, 80, 120))).Alpha[0].ShouldBe((byte)40);
        (await ModelFolder.PredictAsync(options with { Output = "third" }, ModelFolder.OneColour(40, 80, 120))).Alpha[0].ShouldBe((byte)80);
        (await ModelFolder.RefusalAsync(options with { Output = "fourth" })).ShouldBe("GPTIMAGE2_MATTING__OUTPUT: expected one of first, second, third but received \"fourth\".");
    }

    [Theory]
    [InlineData(OutputRange.Alpha, 0, 51, 204)]
    [InlineData(OutputRange.Logits, 128, 140, 176)]
    [InlineData(OutputRange.MinMax, 0, 64, 255)]
    public async Task Values_become_alpha_as_the_range_says(OutputRange range, byte dark, byte middle, byte bright)
    {
        var options = _folder.Plain(TinyGraph.Mixing(1, 0, 0, 0, 3, 1)) with { Range = range };
        var image = EncodedImage.FromMemory(new Testing.Images.PngPixels(new Dimensions(3, 1), [0, 0, 0, 255, 51, 0, 0, 255, 204, 0, 0, 255]).Encode(alpha: false));

        (await ModelFolder.PredictAsync(options, image)).Alpha.ShouldBe([dark, middle, bright]);
    }

    [Fact]
    public async Task What_a_model_sees_only_in_the_mirror_is_found_and_told()
    {
        var graph = new TinyGraph().Input("input", 1, 1, 3, 32, 64).Output("matte", 1, 1, 32, 64).Mix("input", "all", 1, 0, 0).KeepLeft("all", "matte", 40, 64);

        var matte = await ModelFolder.PredictAsync(_folder.Plain(graph), ModelFolder.OneColour(255, 80, 120));

        matte.Alpha.ShouldAllBe(alpha => alpha == 255);
        matte.DisputedShare.ShouldBe(48 / 64.0);
    }

    [Fact]
    public async Task A_model_that_sees_the_same_in_the_mirror_is_in_no_dispute() =>
        (await ModelFolder.PredictAsync(_folder.Plain(TinyGraph.Mixing(1, 0, 0, 0, 64, 32)), ModelFolder.Gradient(64, 32))).DisputedShare.ShouldBe(0);

    [Fact]
    public async Task Noise_is_not_spread_into_a_subject()
    {
        var options = _folder.Plain(TinyGraph.Mixing(0.08f, 0, 0, 0, 16, 8)) with { Range = OutputRange.MinMax };

        (await ModelFolder.PredictAsync(options, ModelFolder.Gradient(16, 8))).Alpha.Max().ShouldBeLessThan((byte)30);
    }

    [Fact]
    public async Task Without_a_name_that_says_so_the_graph_tells_the_kind()
    {
        var birefnet = new TinyGraph().Input("input_image", 1, 1, 3, 0, 0).Output("output_image", 1, 1, 0, 0).Mix("input_image", "output_image", 0, 0, 0, 2);
        var options = new OnnxModelOptions { Model = _folder.Put("model.onnx", birefnet.Build()), Size = 32, Threads = 1 };

        (await ModelFolder.PredictAsync(options, ModelFolder.OneColour(1, 2, 3))).Alpha[0].ShouldBe((byte)225);

        options = options with { Model = _folder.Put("other.onnx", TinyGraph.Mixing(1, 0, 0, 0, 32, 32).Build()) };
        (await ModelFolder.RefusalAsync(options)).ShouldBe(
            "GPTIMAGE2_MATTING__PRESET: expected one of birefnet, isnet, u2netp, u2net, modnet, because neither the name of other.onnx nor its graph says what kind of model it is, but received nothing.");
    }

    [Fact]
    public void A_description_names_the_file_its_kind_and_its_size_and_does_not_load_it()
    {
        using var model = new OnnxMatteModel(new OnnxModelOptions { Model = _folder.Put("isnet.onnx", new byte[1_300_000]) }, TimeProvider.System);

        model.Name.ShouldBe("isnet");
        model.Describe().ShouldBe("isnet.onnx (isnet, 1.3 MB)");
    }

    [Theory]
    [InlineData("0.5", 0.5f, 0.5f, 0.5f)]
    [InlineData("0.485, 0.456,0.406", 0.485f, 0.456f, 0.406f)]
    public void Values_of_channels_are_one_number_or_three(string text, float red, float green, float blue) => ChannelValues.Parse(text).ShouldBe(new ChannelValues(red, green, blue));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1,2")]
    [InlineData("1,2,3,4")]
    [InlineData("NaN")]
    public void Anything_else_is_none(string text) => ChannelValues.Parse(text).ShouldBeNull();
}
