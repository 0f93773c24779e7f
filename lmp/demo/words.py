"""What the demo's people write. They are Turkish, so their own sentences are."""

MOTIVATIONS = (
    "Okulumuzda pano montajı dersini okutuyorum; doğrulama ölçümlerini işletmede görüp atölyeme taşımak istiyorum.",
    "Okulumuzun otoparkına şarj noktası kurulacak. Seçimini ve devreye almasını öğrencilerimle birlikte yapabilmek istiyorum.",
    "Pano etiketini ve tek hat şemasını okutmakta zorlanıyorum. Bir üreticide çalışmak anlattıklarımı somutlaştıracak.",
    "Mezunlarımızın çoğu pano atölyelerinde işe başlıyor. Onlardan ne beklendiğini yerinde görmek istiyorum.",
    "Yenilenebilir enerji alanında şarj istasyonu konusu yeni eklendi; iş yaprağını kendim hazırlamak istiyorum.",
    "Artık akım korumasının tiplerini ayırt etmeyi ve seçimi gerekçelendirmeyi öğrenmek istiyorum.",
    "Atölyemizde ölçü aletleri var, düzenli bir kayıt kültürü yok. İşletmedeki kayıtları görüp uygulamak istiyorum.",
)
AGAIN = (
    "Kursu bir yıl önce bitirdim. Bu kez iş başı günlerinde şarj noktasının devreye alınmasına ağırlık vermek istiyorum; "
    "okulumuzda ilk şarj noktası bu yıl kuruluyor."
)
REFLECTIONS = (
    "Öğrencilerime panoya dokunmadan önce etiketi okutacağım; hakkındaki her şey orada yazıyor.",
    "Kayıp hesabı gerçek bir pano üzerinde oturuyor; aynı örneği derste kullanacağım.",
    "Bara ek yerini momentle sıkıp işaretlemeyi atölyemizde kural yapacağım.",
    "Yüksük takmayı ve çekme denetimini bütün sınıfa tek tek yaptıracağım.",
    "Ölçmeden önce tahmin etmek hatayı hemen gösteriyor; öğrencilerimden önce tahmin isteyeceğim.",
    "Keşif formunu sadeleştirip öğrencilerimle okulun otoparkında uygulayacağım.",
    "Enerji kesme sırasını rol paylaştırarak çalıştıracağım; biri hep gözlemci olacak.",
    "Kayıt tutmanın ölçmek kadar önemli olduğunu kendi hatamdan bir örnekle anlatacağım.",
    "Araç benzeticisi yoksa CP geriliminin nasıl ölçüleceğini bir iş yaprağıyla göstereceğim.",
    "Devreye alma tutanağını ders sonu değerlendirmesinde kullanacağım.",
)
OTHER_WORK = ("", "", "Depodan malzeme çıkışına eşlik ettim", "", "Bitmiş bir panonun sevkiyat denetimine katıldım")
AWAY = "Sağlık kuruluşundaydım; raporumu merkeze ilettim."
CORRECTION = "Bitiş saati 15.30 olmalı; o gün atölyeyi erken kapattık."
APPROVALS = ("Uygundur.", "", "Dersleri için planlama yapıldı.")
REFUSAL = (
    "Aynı haftalarda okulumuzda alan sınavları var; dersler yürütülemiyor. Sonraki faaliyete başvurmanızı öneririm."
)
PASSED = "Sırayı eksiksiz uyguladı; kayıtları okunaklı."
FAILED = "Dedektörü bilinen gerilimde denemeden devreye dokundu; güvenlik sırası tekrar çalışılacak."
REVOKED = (
    "MEBBİS faaliyet numarası belge düzenlendikten sonra girildi. "
    "Katılımcının isteğiyle numarayı gösteren yeni belge düzenlendi."
)
WITHDRAWAL = "O haftalarda okulumda sınav komisyonunda görevliyim."


def pick(sentences: tuple[str, ...], number: int) -> str:
    """The sentence with this number, counting round and round."""
    return sentences[number % len(sentences)]
