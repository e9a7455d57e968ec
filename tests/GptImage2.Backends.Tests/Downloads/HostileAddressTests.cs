using GptImage2.Generation.Errors;

namespace GptImage2.Backends.Tests.Downloads;

/// <summary>Addresses that lead where nothing may be asked, through the real finder; what was looked up and connected to is counted.</summary>
public sealed class HostileAddressTests
{
    /// <summary>Loopback, private and special addresses in every spelling; names that are private by themselves; and addresses with more than a host.</summary>
    public static TheoryData<string> Unasked =>
    [
        "https://127.0.0.1/x", "https://127.1/", "https://127.0.1/", "https://2130706433/", "https://0x7f000001/", "https://0x7F.0.0.1/", "https://0177.0.0.1/", "https://017700000001/", "https://0x7f.1/", "https://127.0.0.1./", "https://127.000.000.001/",
        "https://%31%32%37.0.0.1/", "https://１２７.０.０.１/", "https://127。0。0。1/", "https://①②⑦.⓪.⓪.①/", "https://0/", "https://0.0.0.0/", "https://10.0.0.1/", "https://0xa000001/", "https://172.16.0.1/", "https://172.31.255.255/", "https://192.168.1.1/", "https://3232235777/",
        "https://169.254.169.254/latest/meta-data/", "https://2852039166/", "https://0xa9fea9fe/", "https://0251.0376.0251.0376/", "https://100.64.0.1/", "https://192.0.2.1/", "https://198.18.0.1/", "https://203.0.113.7/", "https://224.0.0.1/", "https://240.0.0.1/", "https://255.255.255.255/", "https://168.63.129.16/",
        "https://[::1]/", "https://[::]/", "https://[0:0:0:0:0:0:0:1]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[64:ff9b::10.0.0.1]/", "https://[2002:7f00:1::]/", "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
        "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://[::1%25lo]/", "https://[fc00::1]/", "https://[fd00:ec2::254]/latest/", "https://[fec0::1]/", "https://[ff02::1]/", "https://[2001:db8::1]/", "https://[100::1]/", "https://[2606:4700::1111%251]/",
        "https://localhost/", "https://LOCALHOST/", "https://localhost./", "https://pictures.localhost/", "https://loc\u00ADalhost/", "https://ｌｏｃａｌｈｏｓｔ/", "https://localhost:443/", "https://printer.local/", "https://metadata.google.internal/computeMetadata/v1/", "https://metadata/", "https://intranet/", "https://pictures.example./x", "https://pictures.example%00.evil/", "https://pic tures.example/",
        "https://me:secret@pictures.example/", "https://me@pictures.example/", "https://pictures.example@127.0.0.1/", "https://pictures.example:443@127.0.0.1/", "https://127.0.0.1#@pictures.example/", "https://127.0.0.1?@pictures.example/", "https://127.0.0.1\\@pictures.example/", "https://pictures.example\\@127.0.0.1/",
        "https://pictures.example:80/", "https://pictures.example:8443/", "https://pictures.example:22/", "https://pictures.example:0/", "https://pictures.example:65535/", "https://pictures.example:99999/", "http://pictures.example/", "http://127.0.0.1/", "https:///x", "https://", "https://.../", "https://-/", "https://[::ffff:127.0.0.1", "https://[v1.x]/",
    ];

    [Theory]
    [MemberData(nameof(Unasked))]
    public async Task Are_refused_without_a_look_up_or_a_connection(string address)
    {
        await using var internet = new FakeInternet();

        var failure = await internet.RefusalAsync(address);

        failure.Code.ShouldBeOneOf(FailureCode.NotAllowed, FailureCode.InvalidRequest);
        internet.LookedUp.ShouldBeEmpty();
        internet.Connected.ShouldBeEmpty();
        failure.Message.ShouldNotContain("secret");
    }

    public static TheoryData<string> Private => PublicAddressFilterTests.Private;

    [Theory]
    [MemberData(nameof(Private))]
    public async Task Are_found_out_when_a_name_leads_to_them(string address)
    {
        await using var internet = new FakeInternet { Names = (_, _) => [address] };

        var failure = await internet.RefusalAsync("https://pictures.example/fox.png");

        failure.Code.ShouldBe(FailureCode.NotAllowed);
        failure.Message.ShouldContain("outside the public internet");
        internet.Connected.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("93.184.215.14", "127.0.0.1")]
    [InlineData("10.0.0.1", "93.184.215.14")]
    [InlineData("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::1")]
    public async Task Are_found_out_among_public_ones(params string[] addresses)
    {
        await using var internet = new FakeInternet { Names = (_, _) => addresses };

        (await internet.RefusalAsync("https://pictures.example/fox.png")).Code.ShouldBe(FailureCode.NotAllowed);

        internet.Connected.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://2130706433/")]
    [InlineData("https://[::ffff:169.254.169.254]/")]
    [InlineData("//10.0.0.1/x")]
    [InlineData("https://localhost/")]
    [InlineData("http://pictures.example/x")]
    [InlineData("https://pictures.example:8443/x")]
    [InlineData("https://me:secret@other.example/")]
    [InlineData("https://inner.example/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("ftp://other.example/")]
    public async Task Are_not_reached_by_a_redirect(string location)
    {
        await using var internet = new FakeInternet((_, stream, stop) => FakeInternet.WriteAsync(stream, FakeInternet.Redirect(location), stop))
        {
            Names = (name, _) => name is "inner.example" ? ["192.168.7.7"] : ["93.184.215.14"],
        };

        var failure = await internet.RefusalAsync("https://pictures.example/fox.png");

        failure.Code.ShouldBe(FailureCode.NotAllowed);
        internet.Connected.ShouldHaveSingleItem().Address.ToString().ShouldBe("93.184.215.14");
        internet.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Are_not_reached_by_a_name_that_changes_after_it_was_judged()
    {
        await using var internet = new FakeInternet { Names = (_, time) => [time is 1 ? "93.184.215.14" : "127.0.0.1"] };

        using var found = await internet.FindAsync("https://pictures.example/fox.png");

        found.ReadHeader();
        internet.LookedUp.ShouldHaveSingleItem();
        internet.Connected.ShouldHaveSingleItem().ToString().ShouldBe("93.184.215.14:443");
    }

    [Fact]
    public async Task Are_not_reached_by_a_name_that_changes_between_two_hops()
    {
        await using var internet = new FakeInternet((_, stream, stop) => FakeInternet.WriteAsync(stream, FakeInternet.Redirect("/again"), stop))
        {
            Names = (_, time) => [time is 1 ? "93.184.215.14" : "127.0.0.1"],
        };

        (await internet.RefusalAsync("https://pictures.example/fox.png")).Code.ShouldBe(FailureCode.NotAllowed);

        internet.Connected.ShouldHaveSingleItem().ToString().ShouldBe("93.184.215.14:443");
    }
}
