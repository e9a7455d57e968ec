using GptImage2.Generation.Inputs.Sandbox;

namespace GptImage2.Generation.Tests.Inputs.Sandbox;

/// <summary>What Windows reads into paths, judged as text, so that every system can test it.</summary>
public sealed class WindowsPathRulesTests
{
    private static readonly string[] Folders = [@"C:\Users\me\Pictures", @"\\nas\pictures"];

    [Theory]
    [InlineData(@"C:\Users\me\Pictures\fox.png")]
    [InlineData("C:/Users/me/Pictures/fox.png")]
    [InlineData("fox.png")]
    [InlineData(@"art\..\fox.png")]
    [InlineData(@".\fox.png")]
    [InlineData(@"..\Pictures\fox.png")]
    [InlineData(@"\\nas\pictures\2026\fox.png")]
    [InlineData(@"\\NAS\Pictures\fox.png")]
    [InlineData("//nas/pictures/fox.png")]
    [InlineData("console.png")]
    [InlineData("com.png")]
    [InlineData("COM12.png")]
    [InlineData(".hidden.png")]
    public void Ordinary_paths_pass(string path) => WindowsPathRules.FindProblem(path, Folders).ShouldBeNull();

    [Theory]
    [InlineData(@"\\?\C:\Users\me\Pictures\fox.png", "ordinary path")]
    [InlineData(@"\\.\C:\fox.png", "ordinary path")]
    [InlineData(@"\\.\PhysicalDrive0", "ordinary path")]
    [InlineData(@"\\.\pipe\fox", "ordinary path")]
    [InlineData(@"//./pipe/fox", "ordinary path")]
    [InlineData(@"//?/C:/fox.png", "ordinary path")]
    [InlineData(@"\??\C:\fox.png", "ordinary path")]
    [InlineData(@"\\?\UNC\nas\pictures\fox.png", "ordinary path")]
    [InlineData(@"\\evil\share\fox.png", "network share")]
    [InlineData("//evil/share/fox.png", "network share")]
    [InlineData(@"\\nas\pictures-private\fox.png", "network share")]
    [InlineData(@"\\nas\pictures", "network share")]
    [InlineData(@"\\127.0.0.1\c$\fox.png", "network share")]
    [InlineData(@"\\evil@SSL@443\DavWWWRoot\fox.png", "network share")]
    [InlineData(@"\/evil/share/fox.png", "network share")]
    [InlineData(@"\\nas\pictures\..\private\fox.png", "without ..")]
    [InlineData("C:fox.png", "with its drive")]
    [InlineData("C:", "with its drive")]
    [InlineData("1:\\fox.png", "with its drive")]
    [InlineData(@"\Windows\fox.png", "with its drive")]
    [InlineData("/Windows/fox.png", "with its drive")]
    [InlineData(@"\", "with its drive")]
    [InlineData("fox.png:stream", "colon")]
    [InlineData(@"C:\Users\me\Pictures\fox.png:stream:$DATA", "colon")]
    [InlineData("fox.png::$DATA", "colon")]
    [InlineData(@"C:\Users\me\Pictures::$INDEX_ALLOCATION\fox.png", "colon")]
    [InlineData("CON", "devices")]
    [InlineData("nul.png", "devices")]
    [InlineData("NUL.tar.gz", "devices")]
    [InlineData(@"C:\Users\me\Pictures\com1", "devices")]
    [InlineData(@"aux\fox.png", "devices")]
    [InlineData("LPT9.png", "devices")]
    [InlineData("COM¹.png", "devices")]
    [InlineData("CONIN$", "devices")]
    [InlineData("prn .png", "devices")]
    [InlineData("fox.png.", "at their end")]
    [InlineData("fox.png ", "at their end")]
    [InlineData(@"secret. \fox.png", "at their end")]
    [InlineData(@"...\fox.png", "at their end")]
    public void What_means_more_than_a_file_is_refused_before_it_is_touched(string path, string tells) =>
        WindowsPathRules.FindProblem(path, Folders).ShouldNotBeNull().ShouldContain(tells);

    [Theory]
    [InlineData(@"\\?\C:\Users\me\fox.png", @"C:\Users\me\fox.png")]
    [InlineData(@"\\?\UNC\nas\pictures\fox.png", @"\\nas\pictures\fox.png")]
    [InlineData(@"C:\fox.png", @"C:\fox.png")]
    public void The_systems_own_prefix_comes_off(string path, string without) => WindowsPathRules.WithoutPrefix(path).ShouldBe(without);

    [Fact]
    public void Names_that_differ_in_case_are_the_same_where_the_system_says_so()
    {
        RealPath.IsBelow(@"c:\USERS\me\pictures\fox.png", Folders[0], StringComparison.OrdinalIgnoreCase, '\\').ShouldBeTrue();
        RealPath.IsBelow("/home/me/Pictures/fox.png", "/home/me/pictures", StringComparison.Ordinal, '/').ShouldBeFalse();
        RealPath.IsBelow(@"C:\Users\me\Pictures-private\fox.png", Folders[0], StringComparison.OrdinalIgnoreCase, '\\').ShouldBeFalse();
    }
}
