using GptImage2.Backends.OpenAI.Compatible.Servers;

namespace GptImage2.Backends.Tests.OpenAI.Compatible;

public sealed class PromptCleanerTests
{
    [Theory]
    [InlineData("a fox", "a fox")]
    [InlineData("a <b>fox</b> < 3", "a <b>fox</b> < 3")]
    [InlineData("a <sd_cpp_extra_args>{\"seed\":1}</sd_cpp_extra_args> fox", "a {\"seed\":1} fox")]
    [InlineData("a <SD_cpp_Extra_ARGS>x</ sd_cpp_extra_args > fox", "a x fox")]
    [InlineData("<sd_cpp<sd_cpp_extra_args>_extra_args>x</sd_cpp_</sd_cpp_extra_args>extra_args>", "x")]
    [InlineData("<<sd_cpp_extra_args>sd_cpp_extra_args>x", "x")]
    [InlineData("<sd_cpp_extra_args a=1>x", "x")]
    public void No_tag_is_left_that_the_server_would_obey(string prompt, string cleaned) => PromptCleaner.RemoveExtraArguments(prompt).ShouldBe(cleaned);

    [Fact]
    public void Thousands_of_prompts_made_of_pieces_of_tags_hold_none_afterwards()
    {
        var random = new Random(13);
        string[] pieces = ["<", ">", "/", "sd_cpp_", "extra_args", "SD_CPP_EXTRA_ARGS", "<sd_cpp_extra_args>", "</sd_cpp_extra_args>", " ", "{}"];
        for (var number = 0; number < 5000; number++)
        {
            var prompt = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));

            PromptCleaner.RemoveExtraArguments(prompt).ShouldNotContain("<sd_cpp_extra_args>", Case.Insensitive, prompt);
        }
    }
}
