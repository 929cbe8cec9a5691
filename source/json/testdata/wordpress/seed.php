<?php
wp_delete_post(1, true);
wp_update_user(['ID' => 1, 'display_name' => '편집국 & 사람들']);
$kim = wp_insert_user(['user_login' => 'kim', 'user_pass' => 'x', 'display_name' => '김하나', 'role' => 'author', 'user_email' => 'kim@example.org']);
$politics = wp_insert_term('정치·사회', 'category')['term_id'];
$science = wp_insert_term('R&D', 'category')['term_id'];
$picture = wp_insert_attachment(['post_mime_type' => 'image/jpeg', 'post_title' => '사진', 'post_excerpt' => '설명 & 끝'], WP_CONTENT_DIR . '/uploads/2024/03/사진 1.jpg');

$ids = [];
$ids['words'] = write(['post_title' => '한글 — "따옴표"와 \'작은 것\' & <속보>', 'post_date' => '2024-03-01 08:30:00', 'post_author' => $kim,
	'post_content' => '<!-- wp:paragraph --><p>첫 문단, \'quotes\' -- 5 &lt; 6 &amp; 7</p><!-- /wp:paragraph -->',
	'post_category' => [$politics, $science], 'tags_input' => ['선거', 'R&D']]);
set_post_thumbnail($ids['words'], $picture);
$ids['tags'] = write(['post_title' => '&lt;div&gt;와 <em>기울임</em>, AT&amp;T', 'post_date' => '2024-03-02 00:10:00', 'post_name' => '한글-주소', 'post_content' => '본문 [gallery ids="' . $picture . '"]']);
$ids['blocks'] = write(['post_title' => '묶음', 'post_date' => '2024-03-03 09:00:00', 'post_category' => [$science], 'post_content' => <<<'BLOCKS'
<!-- wp:gallery {"linkTo":"none"} --><figure class="wp-block-gallery has-nested-images"><!-- wp:image --><figure class="wp-block-image"><img src="/wp-content/uploads/a.jpg" alt=""/><figcaption>그림 설명</figcaption></figure><!-- /wp:image --></figure><!-- /wp:gallery -->
<!-- wp:embed {"url":"https://video.example.com/1"} --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://video.example.com/1
</div><figcaption>영상 설명</figcaption></figure><!-- /wp:embed -->
<!-- wp:more --><!--more--><!-- /wp:more -->
<!-- wp:paragraph --><p>뒷글</p><!-- /wp:paragraph -->
<!-- wp:nextpage --><!--nextpage--><!-- /wp:nextpage -->
<!-- wp:html --><iframe src="https://video.example.com/2"></iframe><script>alert(1)</script><!-- /wp:html -->
[caption width="300"]<img src="/b.jpg" /> 옛 설명[/caption]
BLOCKS]);
$ids['excerpt'] = write(['post_title' => '손수 쓴 요약', 'post_date' => '2024-03-04 09:00:00', 'post_excerpt' => '손으로 쓴 요약 & "인용"', 'post_content' => str_repeat('<p>긴 글이 여기 이어진다. </p>', 40)]);
$ids['cut'] = write(['post_title' => '잘린 요약', 'post_date' => '2024-03-04 10:00:00', 'post_content' => str_repeat('<p>긴 글이 여기 이어진다. </p>', 40)]);
$ids['untitled'] = write(['post_title' => '', 'post_date' => '2024-03-04 11:00:00', 'post_content' => '제목 없는 글 한 줄']);
$ids['sticky'] = write(['post_title' => '붙박이', 'post_date' => '2024-01-01 09:00:00', 'post_content' => '붙박이 글']);
stick_post($ids['sticky']);
$ids['password'] = write(['post_title' => '비밀', 'post_date' => '2024-03-05 09:00:00', 'post_password' => 'x', 'post_content' => '비밀 글']);
$ids['draft'] = write(['post_title' => '초안', 'post_status' => 'draft', 'post_date' => '2024-03-06 09:00:00', 'post_content' => '초안']);
$ids['private'] = write(['post_title' => '사사로운 글', 'post_date' => '2024-03-05 10:00:00', 'post_status' => 'private', 'post_content' => '글']);
$ids['future'] = write(['post_title' => '예약', 'post_date' => '2099-12-24 09:00:00', 'post_status' => 'future', 'post_name' => '예약한-글', 'post_content' => '예약']);
$ids['trash'] = write(['post_title' => '버린 글', 'post_date' => '2024-03-05 11:00:00', 'post_content' => '버린 글']);
wp_trash_post($ids['trash']);
for ($i = 0; $i < 110; $i++) {
	write(['post_title' => "쌓인 글 $i", 'post_date' => date('Y-m-d H:i:s', strtotime('2023-01-01') + $i * 86400), 'post_content' => "쌓인 글의 본문 $i"]);
}
[$password] = WP_Application_Passwords::create_new_application_password(1, ['name' => 'herald']);
echo json_encode(['ids' => $ids, 'password' => $password]);
